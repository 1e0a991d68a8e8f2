using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>imgset</c>: a file's content as a setting (spec/ipxe-compat.md 2.1).</summary>
public class ImgsetCommandTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("imgset token x/f && show token", "secret", "token:string = secret\n", "fetch x/f")]
    [InlineData("imgset token x/f && show token", "two words\r\n", "token:string = two words\n", "fetch x/f")]
    [InlineData("imgset token x/f && echo [${token}]", "a\n\n", "[a\n]\n", "fetch x/f")]
    [InlineData("imgset net0/ip x/f && show net0/ip", "10.0.0.1\n", "net0/ip:ipv4 = 10.0.0.1\n", "fetch x/f")]
    [InlineData("imgset n:int16 x/f && show n", "258\n", "n:int16 = 258\n", "fetch x/f")]
    [InlineData("imgset -q -t 500 a x/f && show a", "v", "a:string = v\n", "fetch x/f within 500 quietly")]
    [InlineData("set a old && imgset a x/f && isset ${a} || echo gone", "", "gone\n", "fetch x/f")]
    public void TheContentIsStoredByTheSettingsType(string line, string content, string output, string deed)
    {
        _world.Files["x/f"] = content;
        Assert.True(_world.Run(line).IsSuccess, _world.Output);
        Assert.Equal(output, _world.Output);
        Assert.Equal([deed], _world.Deeds);
        Assert.Empty(((IImages)_world).All);
    }

    [Fact]
    public void AnImageIsFreedUnlessItIsToBeKept()
    {
        _world.Files["x/f"] = "v";
        Assert.True(_world.Run("imgfetch x/f\nimgset --keep a f\nimgset b f\necho ${a}${b}").IsSuccess);
        Assert.Equal(["fetch x/f"], _world.Deeds);
        Assert.Equal("vv\n", _world.Output);
        Assert.Empty(((IImages)_world).All);
        _world.Run("imgfetch x/f\nimgset -k a f");
        Assert.Equal("f", ((IImages)_world).All.Single().Name);
    }

    [Theory]
    [InlineData("imgset", 0x460a0007, "Usage: imgset [-k|--keep] [-t|--timeout <milliseconds>] [-q|--quiet]")]
    [InlineData("imgset a", 0x460a0007, "Usage: imgset")]
    [InlineData("imgset a b c", 0x460a0007, "Usage: imgset")]
    [InlineData("imgset -n x a b", 0x1c0a0006, "Usage: imgset")]
    [InlineData("imgset --help", 0x0b0a0018, "Usage: imgset")]
    [InlineData("imgset a x/none", 0x2dff0001, "no file x/none")]
    [InlineData("imgset net0/ip x/f", 0x1c0a000a, "")]
    [InlineData("imgset a:nonsense x/f", 0x3c0a000b, "")]
    public void WrongUseIsRefused(string line, uint code, string output)
    {
        _world.Files["x/f"] = "no address";
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Contains(output, _world.Output);
        Assert.Empty(((IImages)_world).All);
    }
}
