using System.Text;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the settings that the loader works out itself, and images of memory, in a whole session.</summary>
public class BuiltInSettingTests
{
    private readonly BootWorld _world = new();

    [Fact]
    public void DmesgIsWhatTheScreenHasShown()
    {
        _world.Log = new LogConsole(_world.Console);
        Assert.True(_world.RunLine("echo one && echo two && iseq ${dmesg:hexraw} 6f6e650a74776f0a").IsSuccess);
    }

    [Fact]
    public void TheScreensMemoryIsTheLast8KilobytesAndForgetsTheRest()
    {
        var memory = new ScreenMemory();
        Assert.Equal("", memory.ToString());
        memory.Append("a\rb\r\n");
        Assert.Equal("ab\n", memory.ToString());
        memory.Append(new string('x', ScreenMemory.CharactersMax - 3));
        Assert.Equal("ab\n" + new string('x', ScreenMemory.CharactersMax - 3), memory.ToString());
        memory.Append("yz");
        Assert.Equal("\n" + new string('x', ScreenMemory.CharactersMax - 3) + "yz", memory.ToString());
        memory.Append(new string('q', 3 * ScreenMemory.CharactersMax) + "!");
        Assert.Equal(new string('q', ScreenMemory.CharactersMax - 1) + "!", memory.ToString());
    }

    [Theory]
    [InlineData("set unixtime 1800000000")]
    [InlineData("set builtin/unixtime 1800000000")]
    [InlineData("set unixtime:uint32 0x6b49d200")]
    [InlineData("set builtin/unixtime:int32 1800000000")]
    public void TheDateCanBeSetInEitherPlace(string line)
    {
        Assert.True(_world.RunLine(line).IsSuccess);
        Assert.Equal(1_800_000_000, _world.Time.UnixSeconds);
        Assert.Equal(WallTimeSource.Told, _world.Time.Source);
    }

    [Fact]
    public void TheOtherOnesCannotBeSetButHidden()
    {
        Assert.Equal(ScriptFailure.ReadOnlySetting.Code, _world.RunLine("set builtin/version 1").Code);
        Assert.Equal(ScriptFailure.ReadOnlySetting.Code, _world.RunLine("set builtin/sysmac 1").Code);
        const string hide = "set version 1 && iseq ${version} 1 && clear version && iseq ${version} 0.1";
        Assert.True(_world.RunLine(hide).IsSuccess);
    }

    [Fact]
    public void ImgmemTakesACopyOfMemory()
    {
        _world.Hardware.Memory[0x9000] = Encoding.ASCII.GetBytes("#!ipxe\nset ran yes\n");
        Assert.True(_world.RunLine(
            "imgmem --name script 0x9000 19 && imgexec script && iseq ${ran} yes").IsSuccess, _world.Console.Raw);
    }

    [Theory]
    [InlineData("imgmem 0x9000 20")]
    [InlineData("imgmem 0x9000 0")]
    [InlineData("imgmem 0x8000 1")]
    [InlineData("imgmem 0 0xffffffffffffffff")]
    public void WhereNoMemoryIsImgmemFails(string line)
    {
        _world.Hardware.Memory[0x9000] = new byte[19];
        Assert.Equal(ImageFailure.NoSuchMemory.Code, _world.RunLine(line).Code);
        Assert.Equal(0, _world.Firmware.PagesHeldBytes);
    }
}
