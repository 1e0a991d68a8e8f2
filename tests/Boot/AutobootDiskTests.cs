using System.Collections.Generic;
using System.Text;
using Bootlace.Boot;
using Bootlace.San;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects booting the disk that DHCP names: option 17 with and without a file, and the settings that steer
/// it (spec/ipxe-compat.md 4.6 step 5).</summary>
public class AutobootDiskTests
{
    private const string Disk = "iscsi:10.0.2.77::::iqn.test:disk";
    private const string Opened = "open iscsi:10.0.2.77::3260:0:iqn.test:disk";
    private readonly BootWorld _world = new BootWorld().WithCard();

    private string Screen => _world.Console.Screen;

    [Fact]
    public void ARootPathAloneIsHookedDescribedBootedAndTakenAway()
    {
        Run(Disk, "");
        Deeds(Opened, "attach", "table in", "start from 0x80 of 0x80", "table out", "detach", "close");
        Assert.Contains("Root path: iscsi:10.0.2.77::::iqn.test:disk\nConnecting ", Screen);
        Assert.Null(_world.Disks.Starts[0].FileName);
    }

    [Fact]
    public void ARootPathIsExpanded()
    {
        Run("iscsi:10.0.2.77::::iqn.test:${net0/mac:hexraw}", "");
        Assert.Equal("open iscsi:10.0.2.77::3260:0:iqn.test:525400123456", _world.Firmware.Deeds[0]);
    }

    [Fact]
    public void AFileRunsFirstWithTheDiskInPlace()
    {
        _world.WithFile("http://h/boot.ipxe", "#!ipxe\necho script ${san/debian-args}\nexit 0");
        Run(Disk, "http://h/boot.ipxe");
        Assert.Contains("script ip=dhcp BOOTIF=01-52-54-00-12-34-56 iscsi_initiator=", Screen);
        Deeds(Opened, "attach", "table in", "table out", "detach", "close");
    }

    [Theory]
    [InlineData("http://h/missing")]
    [InlineData("http://h/fails.ipxe")]
    public void WhenTheFileFailsTheDiskBoots(string file)
    {
        _world.WithFile("http://h/fails.ipxe", "#!ipxe\nexit 1");
        Run(Disk, file);
        Deeds(Opened, "attach", "table in", "start from 0x80 of 0x80", "table out", "detach", "close");
    }

    [Fact]
    public void SkipSanBootLeavesTheDiskAloneAndKeepSanKeepsIt()
    {
        Run(Disk, "", [175, 6, 8, 1, 1, 9, 1, 1]);
        Deeds(Opened, "attach", "table in", "table out", "detach", "close");   // the last three because we leave
        Assert.Contains("skip-san-boot is set", Screen);
    }

    [Fact]
    public void DhcpNamesDriveAndProgram()
    {
        Run(Disk, "", [175, 11, 189, 1, 0x85, 188, 6, .. @"\a.efi"u8]);
        Assert.Contains("start from 0x85 of 0x85", _world.Firmware.Deeds);
        Assert.Equal(@"\a.efi", _world.Disks.Starts[0].FileName);
    }

    [Fact]
    public void CredentialsAndOurNameMayComeFromDhcp()
    {
        Run(Disk, "", [203, 5, .. "iqn.w"u8, 175, 14, 190, 3, .. "joe"u8, 191, 7, .. "secret1"u8]);
        IscsiOptions options = Assert.Single(_world.Opener.Options);
        Assert.Equal(("iqn.w", "joe", "secret1"), (options.InitiatorName, options.UserName, options.Password));
    }

    [Fact]
    public void ARootPathForTheKernelIsIgnoredBesideAFile()
    {
        _world.WithFile("http://h/boot.ipxe", "#!ipxe\necho script");
        Run("10.0.2.2:/srv/nfs", "http://h/boot.ipxe");
        Assert.Contains("Root path: 10.0.2.2:/srv/nfs\nIt names no disk we can open, and is ignored\n", Screen);
        Assert.Contains("script\n", Screen);
        Assert.Empty(_world.Firmware.Deeds);
    }

    [Fact]
    public void ARootPathThatIsNoDiskIsAFailureWithoutAFile()
    {
        Run("10.0.2.2:/srv/nfs", "");
        Assert.Contains("[3c0b0081] - ", Screen);
    }

    [Fact]
    public void ATargetThatRefusesIsAFailure()
    {
        _world.Opener.Failure = SanFailure.NotAuthorized;
        Run(Disk, "");
        Assert.Contains("[410b0009] - ", Screen);
        Assert.Contains("No more network devices\n", Screen);
    }

    private void Run(string rootPath, string file, params byte[] more)
    {
        var options = new List<byte> { 1, 4, 255, 255, 255, 0, 12, 3, (byte)'b', (byte)'o', (byte)'x' };
        options.AddRange([17, (byte)rootPath.Length, .. Encoding.ASCII.GetBytes(rootPath), .. more]);
        _world.Dhcp = _ => new LeasePackets(
            BootWorld.Packet("10.0.2.15", "10.0.2.2", file, [.. options]), default);
        _world.Run();
    }

    private void Deeds(params string[] deeds) => Assert.Equal(deeds, _world.Firmware.Deeds);
}
