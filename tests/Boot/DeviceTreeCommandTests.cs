using System;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects <c>fdt</c>: which device tree a started program gets, and that a bad one changes
/// nothing.</summary>
public class DeviceTreeCommandTests
{
    private readonly BootWorld _world = new();

    public DeviceTreeCommandTests()
    {
        _world.Firmware.PeMachine = PeImage.Arm64;
        _world.WithFile("http://h/Image", TestPe.Make(PeImage.Arm64))
            .WithFile("http://h/board.dtb", [.. DeviceTreeTests.Tree, 1, 2, 3])
            .WithFile("http://h/cut.dtb", DeviceTreeTests.Tree[..^1])
            .WithFile("http://h/loop.dtb", [.. DeviceTreeTests.Tree[..^4], 0, 0, 0, 8]);   // never ends
    }

    [Theory]
    [InlineData("fdt http://h/board.dtb", true)]
    [InlineData("imgfetch http://h/board.dtb ; fdt board.dtb ; imgfree", true)]
    [InlineData("fdt http://h/board.dtb ; fdt http://h/cut.dtb", true)]
    [InlineData("fdt http://h/board.dtb ; fdt", false)]
    [InlineData("fdt", false)]
    public void AStartedProgramGetsTheTreeThatWasGivenLast(string line, bool gets)
    {
        Assert.True(Run($"{line} ; boot http://h/Image").IsSuccess, _world.Console.Screen);
        byte[] tree = Assert.Single(_world.Firmware.Started).DeviceTree;
        Assert.Equal(gets ? DeviceTreeTests.Tree : [], tree);
    }

    [Fact]
    public void ATreeIsNoFileOfTheProgramUnlessItWasFetchedAsOne()
    {
        Assert.True(Run("fdt http://h/board.dtb ; imgstat ; boot http://h/Image").IsSuccess);
        Assert.Empty(Assert.Single(_world.Firmware.Started).Files);
    }

    [Fact]
    public void TheProgramsArgumentsAreForTheTreeToo()
    {
        Assert.True(Run("fdt http://h/board.dtb ; kernel http://h/Image a=1 b ; boot").IsSuccess);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal(("Image a=1 b", "a=1 b"), (started.CommandLine, started.Arguments));
    }

    [Theory]
    [InlineData("fdt http://h/loop.dtb", 0x2e090016u)]
    [InlineData("fdt http://h/cut.dtb", 0x2e090016u)]
    [InlineData("fdt http://h/Image", 0x2e090016u)]
    [InlineData("fdt http://h/none", 0x2dff0002u)]
    public void WhatIsNoTreeIsRefused(string line, uint code) => Assert.Equal(code, Run(line).Code);

    [Theory]
    [InlineData("fdt http://h/board.dtb")]
    [InlineData("fdt")]
    public void OtherMachinesHaveNoUseForOne(string line)
    {
        _world.Firmware.PeMachine = PeImage.X64;
        Assert.Equal(0x3c090015u, Run(line).Code);
    }

    [Fact]
    public void SomebodyHasToVouchForItWhereImagesMustBeTrusted()
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(_world.Files["http://h/Image"]));
        Assert.Equal(0x020d0001u,
            Run($"fdt http://h/board.dtb && imgtrust && imgexec --sha256 {digest} http://h/Image").Code);
        Assert.Empty(_world.Firmware.Started);
    }

    private Status Run(string line) => _world.RunLine(line);
}
