using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>imgextract</c> and <c>imgdecrypt</c> (spec/ipxe-compat.md 2.1): what is fetched, what is
/// unpacked, what is freed.</summary>
public class ImageArchiveCommandTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("imgextract x/a.gz", "fetch x/a.gz, extract a.gz", "inside")]
    [InlineData("imgextract --name b x/a.gz", "fetch x/a.gz, extract a.gz name=b", "b")]
    [InlineData("imgextract -k x/a.gz", "fetch x/a.gz, extract a.gz", "a.gz inside")]
    [InlineData("imgextract -q -t 500 x/a.gz", "fetch x/a.gz within 500 quietly, extract a.gz quietly", "inside")]
    [InlineData("imgfetch x/a.gz\nimgextract --keep a.gz", "fetch x/a.gz, extract a.gz", "a.gz inside")]
    [InlineData("imgfetch x/a.gz\nimgextract a.gz", "fetch x/a.gz, extract a.gz", "inside")]
    public void AnArchiveIsReplacedByWhatIsInIt(string script, string deeds, string images)
    {
        _world.Files["x/a.gz"] = "archive";
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
        Assert.Equal(images, string.Join(' ', ((IImages)_world).All.Select(it => it.Name)));
    }

    [Theory]
    [InlineData("imgdecrypt x/a x/e", "fetch x/a, fetch x/e, decrypt a by e", "a")]
    [InlineData("imgdecrypt -k x/a x/e", "fetch x/a, fetch x/e, decrypt a by e", "a e")]
    [InlineData("imgdecrypt --keep --name b x/a x/e", "fetch x/a, fetch x/e, decrypt a by e name=b", "a e")]
    [InlineData("imgdecrypt -n b -q -t 500 x/a x/e", "fetch x/a within 500 quietly, fetch x/e within 500 quietly, "
        + "decrypt a by e name=b quietly", "a")]
    [InlineData("imgdecrypt --timeout 500 --quiet x/a x/e", "fetch x/a within 500 quietly, "
        + "fetch x/e within 500 quietly, decrypt a by e quietly", "a")]
    [InlineData("imgfetch x/e\nimgfetch x/a\nimgdecrypt a e", "fetch x/e, fetch x/a, decrypt a by e", "a")]
    public void AnEnvelopeIsDroppedUnlessItIsToBeKept(string script, string deeds, string images)
    {
        _world.Files["x/a"] = "data";
        _world.Files["x/e"] = "envelope";
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
        Assert.Equal(images, string.Join(' ', ((IImages)_world).All.Select(it => it.Name)));
    }

    [Theory]
    [InlineData("imgdecrypt x/empty x/e", 0x02ff0004, "empty")]
    [InlineData("imgdecrypt -k x/empty x/e", 0x02ff0004, "empty e")]
    [InlineData("imgdecrypt x/none x/e", 0x2dff0001, "")]
    [InlineData("imgdecrypt x/empty x/none", 0x2dff0001, "empty")]
    public void WhatCannotBeDecryptedStays(string line, uint code, string images)
    {
        _world.Files["x/empty"] = "";
        _world.Files["x/e"] = "envelope";
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Equal(images, string.Join(' ', ((IImages)_world).All.Select(it => it.Name)));
    }

    [Theory]
    [InlineData("imgdecrypt", 0x460a0007, "Usage: imgdecrypt [-n|--name <name>] [-k|--keep]")]
    [InlineData("imgdecrypt a", 0x460a0007, "Usage: imgdecrypt")]
    [InlineData("imgdecrypt a b c", 0x460a0007, "Usage: imgdecrypt")]
    [InlineData("imgdecrypt --signer a b c", 0x1c0a0006, "Usage: imgdecrypt")]
    [InlineData("imgdecrypt -t x y z", 0x1c0a0008, "")]
    [InlineData("imgdecrypt --help", 0x0b0a0018, "Usage: imgdecrypt")]
    [InlineData("imgextract", 0x460a0007, "Usage: imgextract [-n|--name <name>] [-k|--keep]")]
    [InlineData("imgextract a b", 0x460a0007, "Usage: imgextract")]
    [InlineData("imgextract --args a", 0x1c0a0006, "Usage: imgextract")]
    [InlineData("imgextract -t x y", 0x1c0a0008, "")]
    [InlineData("imgextract --help", 0x0b0a0018, "Usage: imgextract")]
    [InlineData("imgextract x/none", 0x2dff0001, "no file x/none")]
    [InlineData("imgextract x/empty", 0x3cff0003, "no archive")]
    public void WrongUseIsRefused(string line, uint code, string output)
    {
        _world.Files["x/empty"] = "";
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Contains(output, _world.Output);
    }
}
