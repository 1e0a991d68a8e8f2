using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>shim</c> (spec/ipxe-compat.md 2.1): when it is fetched, what it is told, what it refuses.
/// </summary>
public class ShimCommandTests
{
    private readonly ScriptWorld _world = new();

    public ShimCommandTests()
    {
        _world.Files["x/signed"] = "signed";
        _world.Files["x/unsigned"] = "unsigned";
        _world.Files["x/shim"] = "shim";
        _world.Files["x/text"] = "text";
    }

    [Theory]
    [InlineData("shim x/shim", "fetch x/shim, shim shim")]
    [InlineData("kernel x/unsigned\nshim x/shim", "fetch x/unsigned, fetch x/shim, shim shim")]
    [InlineData("kernel x/signed\nshim x/shim", "fetch x/signed, shim none")]
    [InlineData("kernel x/signed\nshim nowhere", "fetch x/signed, shim none")]
    [InlineData("imgfetch x/shim\nshim shim", "fetch x/shim, shim shim")]
    [InlineData("shim", "shim none")]
    [InlineData("shim -q -t 500 x/shim", "fetch x/shim within 500 quietly, shim shim")]
    [InlineData("shim --quiet --timeout 500 x/shim", "fetch x/shim within 500 quietly, shim shim")]
    [InlineData("shim -l x/shim", "fetch x/shim, shim shim requires-loader")]
    [InlineData("shim -s x/shim", "fetch x/shim, shim shim allows-sbat")]
    [InlineData("shim -p x/shim", "fetch x/shim, shim shim")]
    [InlineData("shim --require-loader --allow-pxe --allow-sbat x/shim",
        "fetch x/shim, shim shim requires-loader allows-sbat")]
    public void AShimIsFetchedUnlessTheFirmwareTakesTheKernel(string script, string deeds)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
    }

    [Theory]
    [InlineData("shim a b", 0x460a0007,
        "Usage: shim [-t|--timeout <milliseconds>] [-q|--quiet] [-l|--require-loader] [-p|--allow-pxe] "
        + "[-s|--allow-sbat] [<uri|image>]")]
    [InlineData("shim --name a b", 0x1c0a0006, "Usage: shim")]
    [InlineData("shim -t x y", 0x1c0a0008, "")]
    [InlineData("shim --help", 0x0b0a0018, "Usage: shim")]
    [InlineData("shim x/none", 0x2dff0001, "no file x/none")]
    [InlineData("shim x/text", 0x2eff0005, "No shim")]
    public void WrongUseIsRefused(string line, uint code, string output)
    {
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Contains(output, _world.Output);
        Assert.Empty(((IImages)_world).All);
    }

    [Fact]
    public void WhatWasFetchedBeforeStaysThoughItIsNoShim()
    {
        Assert.Equal(0x2eff0005u, _world.Run("imgfetch x/text\nshim text").Code);
        Assert.Equal(["text"], ((IImages)_world).All.Select(it => it.Name));
    }
}
