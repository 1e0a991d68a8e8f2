using System;
using System.Security.Cryptography;
using Bootlace.Boot;
using Bootlace.Script;
using Bootlace.Tests.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects <c>shim</c> to the firmware's door: which program is started, and what it finds.</summary>
public class ShimCommandTests
{
    private readonly BootWorld _world = new();

    public ShimCommandTests()
    {
        _world.WithFile("http://h/vmlinuz", TestPe.Make())
            .WithFile("http://h/tools.efi", TestPe.Make(sections: 4))
            .WithFile("http://h/BOOTX64.EFI", TestPe.Make(sections: 3))
            .WithFile("http://h/grubx64.efi", "another")
            .WithFile("http://h/initrd", "initrd");
        _world.Firmware.Untrusted.Add("vmlinuz");
    }

    [Theory]
    [InlineData("kernel http://h/vmlinuz a=b c ; initrd http://h/initrd ; shim http://h/BOOTX64.EFI ; boot")]
    [InlineData("shim http://h/BOOTX64.EFI ; initrd http://h/initrd ; boot http://h/vmlinuz a=b c")]
    [InlineData("imgfetch http://h/BOOTX64.EFI ; initrd http://h/initrd ; shim BOOTX64.EFI ; "
        + "boot http://h/vmlinuz a=b c")]
    public void AShimStartsAKernelThatTheFirmwareRefuses(string line)
    {
        Assert.True(Run(line).IsSuccess, _world.Console.Screen);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal(_world.Files["http://h/BOOTX64.EFI"], started.Image);
        Assert.Equal("shimx64.efi", started.Name);
        Assert.Equal("http://h/vmlinuz", started.Uri);
        Assert.Equal("shimx64.efi grubx64.efi vmlinuz a=b c", started.CommandLine);
        Assert.Equal("initrd"u8, started.Initrd);
        Assert.Equal(_world.Files["http://h/vmlinuz"], started.Files["grubx64.efi"]);
        Assert.Equal(["grubx64.efi", "initrd", "initrd.magic"], started.Files.Keys);
        Assert.Equal(new ShimStart("BOOTX64.EFI", false, false), started.Shim);
    }

    [Fact]
    public void Arm64HasItsOwnNames()
    {
        _world.Firmware.PeMachine = PeImage.Arm64;
        _world.WithFile("http://h/vmlinuz", TestPe.Make(PeImage.Arm64))
            .WithFile("http://h/shim", TestPe.Make(PeImage.Arm64, sections: 3));
        Assert.True(Run("shim -l -s http://h/shim ; boot http://h/vmlinuz").IsSuccess, _world.Console.Screen);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal("shimaa64.efi grubaa64.efi vmlinuz", started.CommandLine);
        Assert.Equal(["grubaa64.efi"], started.Files.Keys);
        Assert.Equal(new ShimStart("shim", true, true), started.Shim);
    }

    [Theory]
    [InlineData("shim http://h/BOOTX64.EFI ; boot http://h/tools.efi")]
    [InlineData("shim http://h/BOOTX64.EFI ; shim ; boot http://h/vmlinuz")]
    [InlineData("shim http://h/BOOTX64.EFI ; imgfree BOOTX64.EFI ; boot http://h/vmlinuz")]
    [InlineData("shim http://h/BOOTX64.EFI ; boot BOOTX64.EFI")]
    [InlineData("kernel http://h/tools.efi ; shim http://h/none ; boot")]
    [InlineData("shim http://h/BOOTX64.EFI ; kernel http://h/tools.efi ; shim http://h/none ; boot http://h/vmlinuz")]
    public void WithoutOneOrWithoutNeedTheProgramIsStartedItself(string line)
    {
        Assert.True(Run(line).IsSuccess, _world.Console.Screen);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Null(started.Shim);
        Assert.DoesNotContain("grubx64.efi", started.Files.Keys);
        Assert.StartsWith(started.Name, started.CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfTheAliasesNameIsFoundAfterTheKernel()
    {
        Assert.True(Run("imgfetch http://h/grubx64.efi ; shim http://h/BOOTX64.EFI ; boot http://h/vmlinuz").IsSuccess);
        Assert.Equal(_world.Files["http://h/vmlinuz"], Assert.Single(_world.Firmware.Started).Files["grubx64.efi"]);
    }

    [Fact]
    public void TheTrialIsMadeAsTheStartWouldBe()
    {
        Assert.True(Run("kernel --name k http://h/vmlinuz ; shim http://h/none ; boot").IsSuccess);
        Assert.Equal(["try k of http://h/vmlinuz", "start k"], _world.Firmware.Deeds);
    }

    [Fact]
    public void WhetherAPackedKernelNeedsOneIsSeenWhenItIsUnpacked()
    {
        _world.WithFile("http://h/vmlinuz.gz", ArchiveSamples.Gzip(_world.Files["http://h/vmlinuz"]));
        Assert.True(Run("kernel http://h/vmlinuz.gz a=b ; shim http://h/BOOTX64.EFI ; boot").IsSuccess);
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal("shimx64.efi grubx64.efi vmlinuz a=b", started.CommandLine);
        Assert.Equal(_world.Files["http://h/vmlinuz"], started.Files["grubx64.efi"]);
    }

    [Theory]
    [InlineData("shim http://h/initrd", 0x2e090002u)]
    [InlineData("shim http://h/none", 0x2dff0002u)]
    public void WhatIsNoProgramIsRefused(string line, uint code) => Assert.Equal(code, Run(line).Code);

    [Fact]
    public void AScriptIsNoShim()
    {
        _world.WithFile("http://h/script", "#!ipxe\nexit 0\n");
        Assert.Equal(0x2e090002u, Run("shim http://h/script").Code);
    }

    [Fact]
    public void SomebodyHasToVouchForItWhereImagesMustBeTrusted()
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(_world.Files["http://h/vmlinuz"]));
        Assert.Equal(0x020d0001u, Run(
            $"shim http://h/BOOTX64.EFI && imgtrust && imgexec --sha256 {digest} http://h/vmlinuz").Code);
        Assert.Empty(_world.Firmware.Started);
    }

    private Status Run(string line) => _world.RunLine(line);
}
