using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the commands that look at buses and CPU: their options, their answers, wrong use (spec
/// 2.7).</summary>
public class HardwareCommandTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("cpuid 0", 0)]
    [InlineData("cpuid 0x1f", 0)]
    [InlineData("cpuid 1", 0x2d0a0050)]
    [InlineData("cpuid --ecx 2", 0)]
    [InlineData("cpuid -c 0", 0x2d0a0050)]
    [InlineData("cpuid --ext 29", 0)]
    [InlineData("cpuid -e 28", 0x2d0a0050)]
    [InlineData("cpuid --amd 29", 0)]
    [InlineData("cpuid -a -c 3", 0)]
    [InlineData("cpuid --ext --ecx 29", 0x2d0a0050)]
    public void CpuidAnswersForOneBit(string line, uint code)
    {
        _world.CpuFeatures[(false, false)] = 0x80000001;
        _world.CpuFeatures[(false, true)] = 1 << 2;
        _world.CpuFeatures[(true, false)] = 1 << 29;
        _world.CpuFeatures[(true, true)] = 1 << 3;
        Assert.Equal(code, _world.Run(line).Code);
        if (code == 0) Assert.Equal("", _world.Output);
    }

    [Theory]
    [InlineData("cpuid", 0x460a0007, "Usage: cpuid [-e|--ext] [-a|--amd] [-c|--ecx] <bit>")]
    [InlineData("cpuid 1 2", 0x460a0007, "Usage: ")]
    [InlineData("cpuid --edx 1", 0x1c0a0006, "Unknown option '--edx'")]
    [InlineData("cpuid x", 0x1c0a0008, "'x' is not a number")]
    [InlineData("cpuid 32", 0x1c0a0008, "There is no bit 32 of 32")]
    [InlineData("cpuid -- -1", 0x1c0a0008, "There is no bit -1 of 32")]
    [InlineData("pciscan", 0x460a0007, "Usage: pciscan <setting>")]
    [InlineData("pciscan a b", 0x460a0007, "Usage: ")]
    [InlineData("usbscan", 0x460a0007, "Usage: usbscan <setting>")]
    [InlineData("pciscan -x a", 0x1c0a0006, "Unknown option '-x'")]
    [InlineData("pciscan a:none", 0x2d0a0051, "")]
    public void WrongUseIsRefused(string line, uint code, string output)
    {
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Contains(output, _world.Output);
    }

    [Theory]
    [InlineData("imgmem 0x1000 16", " : 16 bytes [data]")]
    [InlineData("imgmem --name table 0x1000 16", "table : 16 bytes [data]")]
    [InlineData("imgmem -n table -a 4096 0x10", "table : 16 bytes [data] [AUTOFREE]")]
    [InlineData("imgmem --autofree 010000 020", " : 16 bytes [data] [AUTOFREE]")]
    public void MemoryBecomesAnImage(string line, string listed)
    {
        Assert.True(_world.Run($"{line}\nimgstat").IsSuccess);
        Assert.Equal(["copy 1000 10"], _world.Deeds);
        Assert.Equal(listed + "\n", _world.Output);
    }

    [Theory]
    [InlineData("imgmem", 0x460a0007)]
    [InlineData("imgmem 1", 0x460a0007)]
    [InlineData("imgmem 1 2 3", 0x460a0007)]
    [InlineData("imgmem x 2", 0x1c0a0008)]
    [InlineData("imgmem 1 -- 2", 0x460a0007)]
    [InlineData("imgmem 1 2k", 0x1c0a0008)]
    [InlineData("imgmem --timeout 1 2 3", 0x1c0a0006)]
    [InlineData("imgmem --name", 0x1c0a0006)]
    public void WrongUseOfImgmemIsRefused(string line, uint code)
    {
        Assert.Equal(code, _world.Run(line).Code);
        Assert.Empty(_world.Deeds);
    }

    /// <summary>As scripts in the wild do it.</summary>
    [Fact]
    public void AMachineOfAnotherKindDoesNotHaveTheCommand()
    {
        var world = new ScriptWorld(isX86: false);
        world.Run("cpuid --ext 29 && set arch x86_64 || set arch i386\necho ${arch}");
        Assert.Contains("cpuid: command not found", world.Output);
        Assert.EndsWith("i386\n", world.Output);
    }

    [Fact]
    public void AScanGoesFromDeviceToDevice()
    {
        _world.PciFunctions.AddRange([0, 0x18, 0x1f8, 0x10008]);
        Assert.True(_world.Run(":next\npciscan dev || goto done\necho ${dev} ${dev:busdevfn}\ngoto next\n:done")
            .IsSuccess);
        Assert.Equal("0x0 0000:00:00.0\n0x18 0000:00:03.0\n0x1f8 0000:01:1f.0\n0x10008 0001:00:01.0\n", _world.Output);
    }

    [Fact]
    public void AScanGoesOnBehindWhatTheSettingSays()
    {
        _world.UsbDevices.AddRange([1, 2, 0x101]);
        _world.Run("set dev 1\nusbscan dev\necho ${dev}\nset dev:int32 0x80\nusbscan dev && echo ${dev}");
        Assert.Equal("0x2\n0x101\n", _world.Output);
        Assert.Equal(0x2d0a0051u, _world.Run("usbscan dev").Code);
        Assert.Equal("0x101", _world.Expand("${dev}"));
        Assert.Equal(0x2d0a0051u, _world.Run("set dev 0xffffffff\nusbscan dev").Code);
        Assert.Equal(0x1c0a0008u, _world.Run("set dev x\nusbscan dev").Code);
    }
}
