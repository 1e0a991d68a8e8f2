using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects what each option of the commands for images, text and settings does, one row each
/// (spec/ipxe-compat.md 2.1 and 2.2), and the status of what cannot be done.</summary>
public class OptionEffectTests
{
    private readonly ScriptWorld _world = new();

    public OptionEffectTests()
    {
        _world.Files["http://h/k"] = "kernel";
        _world.Files["http://h/s"] = "#!ipxe\necho from s";
        _world.Files["http://h/bad"] = "#!ipxe\niseq a b";
    }

    [Theory]
    [InlineData("imgfetch http://h/k\nimgstat", "k : 6 bytes [data]\n")]
    [InlineData("imgfetch --name n http://h/k\nimgstat", "n : 6 bytes [data]\n")]
    [InlineData("imgfetch -nn http://h/k\nimgstat", "n : 6 bytes [data]\n")]
    [InlineData("imgfetch -n n http://h/k\nimgfetch -n n http://h/k a\nimgstat n",
        "n : 6 bytes [data]\n")]
    [InlineData("imgfetch --autofree http://h/k a  b\nimgstat", "k : 6 bytes [data] [AUTOFREE] \"a b\"\n")]
    [InlineData("module --name=m http://h/k x\nimgstat", "m : 6 bytes [data] \"x\"\n")]
    [InlineData("initrd -a -n i http://h/k\nimgstat", "i : 6 bytes [data] [AUTOFREE]\n")]
    [InlineData("imgselect --name=n http://h/k\nimgstat", "n : 6 bytes [data] [SELECTED]\n")]
    [InlineData("imgload -an n http://h/k x\nimgstat", "n : 6 bytes [data] [SELECTED] [AUTOFREE] \"x\"\n")]
    [InlineData("imgfetch http://h/k\nkernel --autofree k x\nimgstat",
        "k : 6 bytes [data] [SELECTED] [AUTOFREE] \"x\"\n")]
    [InlineData("imgfetch http://h/k x\nimgargs k\nimgstat", "k : 6 bytes [data]\n")]
    [InlineData("imgargs -n n http://h/k a=${unset} b\nimgstat", "n : 6 bytes [data] \"a= b\"\n")]
    [InlineData("kernel http://h/k\nimgfree k\nimgstat\nboot || echo none", "No image is selected [2d0a001a] - fetch "
        + "one with 'kernel' or name it\nnone\n")]
    [InlineData("chain http://h/s", "from s\n")]
    [InlineData("chain --name n http://h/s\nimgstat", "from s\nn : 18 bytes [data]\n")]
    [InlineData("chain --autofree http://h/s\nimgstat", "from s\n")]
    [InlineData("imgexec http://h/s\nimgexec s", "from s\nfrom s\n")]
    [InlineData("imgfetch http://h/s\nboot s && boot --autofree s && boot s || echo gone",
        "from s\nfrom s\nno file s [2dff0001] - look elsewhere\ngone\n")]
    [InlineData("imgselect http://h/s\nboot\nboot -a\nimgstat", "from s\nfrom s\n")]
    [InlineData("chain http://h/bad || echo ${errno}",
        "bad stopped at line 2: The values differ [460a0005] - an 'iseq' line that may fail needs '||' after it\n"
        + "0x460a0005\n")]
    [InlineData("chain -r http://h/s || echo no\necho no", "")]
    public void OptionsOfImages(string script, string output)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(output, _world.Output);
    }

    [Theory]
    [InlineData("chain -t 100 http://h/k", "fetch http://h/k within 100,execute k ")]
    [InlineData("chain --timeout=0x10 --quiet http://h/k a", "fetch http://h/k within 16 quietly,execute k a")]
    [InlineData("chain --timeout ${unset} http://h/k", "fetch http://h/k,execute k ")]
    [InlineData("kernel -qt 5 http://h/k\nboot", "fetch http://h/k within 5 quietly,execute k ")]
    [InlineData("kernel -q http://h/k a\nboot k b", "fetch http://h/k quietly,execute k b")]
    [InlineData("imgfetch -n n http://h/k\nimgexec -- n -a --b", "fetch http://h/k,execute n -a --b")]
    [InlineData("imgargs --timeout 7 http://h/k", "fetch http://h/k within 7")]
    [InlineData("module -q -t 1 http://h/k -x", "fetch http://h/k within 1 quietly")]
    public void OptionsOfFetching(string script, string deeds)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(deeds, string.Join(',', _world.Deeds));
    }

    [Theory]
    [InlineData("imgstat nope", 0x2d0a0019)]
    [InlineData("imgfree nope", 0x2d0a0019)]
    [InlineData("imgargs http://h/none", 0x2dff0001)]
    [InlineData("chain http://h/none", 0x2dff0001)]
    [InlineData("chain --timeout soon http://h/k", 0x1c0a0008)]
    [InlineData("kernel --timeout=-1 http://h/k", 0x1c0a0008)]
    [InlineData("boot", 0x2d0a001a)]
    [InlineData("boot -a", 0x2d0a001a)]
    [InlineData("sha256sum nope", 0x2dff0001)]
    [InlineData("show nope", 0x2d0a0004)]
    [InlineData("show nope:float", 0x2d0a0004)]
    [InlineData("set nope:float 1", 0x3c0a000b)]
    [InlineData("set x:busdevfn 1", 0x3c0a000c)]
    [InlineData("set builtin/platform pcbios", 0x470a000f)]
    [InlineData("clear builtin/version", 0x470a000f)]
    [InlineData("clear nowhere/x", 0)]
    [InlineData("clear x:float", 0)]
    [InlineData("inc nowhere/x", 0x2d0a000e)]
    [InlineData("inc x:float", 0x3c0a000b)]
    [InlineData("set x abc\ninc x", 0x1c0a0008)]
    [InlineData("set x:hexraw 0102030405060708090a\ninc x", 0x460a000d)]
    [InlineData("set x:hexraw 0102030405060708090a\nshow x:int8", 0x460a000d)]
    [InlineData("set x:hexraw 01\nshow x:uuid", 0x1c0a000a)]
    [InlineData("read x", 0x0b0a0015)]
    [InlineData("read -t soon x", 0x1c0a0008)]
    [InlineData("nslookup x:float nowhere", 0x2dff0002)]
    public void WhatCannotBeDoneHasItsStatus(string script, uint code) => Assert.Equal(code, _world.Run(script).Code);

    [Theory]
    [InlineData("set x 1\nshow x", "x:string = 1\n")]
    [InlineData("set x 1\nshow --quiet x", "1\n")]
    [InlineData("set x:int8 300\nshow x", "x:int8 = 44\n")]
    [InlineData("set x A\nshow x:hex", "x:hex = 41\n")]
    [InlineData("set a.b/x 1\nshow x", "a.b/x:string = 1\n")]
    [InlineData("set net0/12 h\nshow hostname", "net0/hostname:string = h\n")]
    [InlineData("set x 5\ninc x\ninc x 0x10\nshow x", "x:string = 22\n")]
    [InlineData("set x 5\ninc x:uint8\nshow x", "x:uint8 = 0x36\n")]
    [InlineData("set x:uint8 5\ninc x ${unset}\nshow x", "x:uint8 = 0x5\n")]
    [InlineData("set x:int16 0x7fff\ninc x\nshow x", "x:int16 = -32768\n")]
    [InlineData("inc net0/x\nshow net0/x", "net0/x:int32 = 1\n")]
    [InlineData("set u 0x10\nshow u:uint8", "u:uint8 = 0x30783130\n")]
    [InlineData("set x 1 2  3\nset y ${x}  ${x}\nshow y", "y:string = 1 2 3 1 2 3\n")]
    [InlineData("set x:hex 41\nset x b\nshow x", "x:string = b\n")]
    public void OptionsAndTypesOfSettings(string script, string output)
    {
        Assert.True(_world.Run(script).IsSuccess, _world.Output);
        Assert.Equal(output, _world.Output);
    }
}
