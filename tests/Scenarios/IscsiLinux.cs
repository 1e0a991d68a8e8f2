using System;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The main job of SAN boot: the script comes over HTTP, the loader logs into tgtd, and GRUB on the LUN boots
/// the kernel and initrd that lie beside it.</summary>
public sealed class IscsiLinux
{
    private static readonly ChapAccount s_ours = new("initiator", "secret-of-ours");

    [Theory]
    [MemberData(nameof(Machines.All), MemberType = typeof(Machines))]
    public async Task GrubBootsLinuxFromTheLunWithChap(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using SanBed bed = await SanBed.CreateAsync(
            "IscsiChap", firmware, change: it => it with { Incoming = s_ours });
        await BootAsync(bed, bed.RootPath);
        Assert.Equal(1, bed.Tgt.Activity.Logins);
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task DigestsFindWhatIsDamagedOnTheWayAndLinuxStillBoots(string firmwareName)
    {
        await using SanBed bed = await SanBed.CreateAsync(
            "IscsiDamage", Firmware.ByName(firmwareName), change: it => it with { HasDigests = true });
        using TargetRelay relay = TargetRelay.Start(bed.Tgt.Port, 6_000_000, 12_000_000);
        await BootAsync(bed, bed.Tgt.RootPath(bed.Targets[0], port: relay.Port));
        Assert.Equal(2, relay.Damages);
        Assert.True(bed.Tgt.Activity.Logins > 1, "nobody noticed the damage");
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task ATargetThatRestartsWhileGrubReadsCostsOnlyTime(string firmwareName)
    {
        await using SanBed bed = await SanBed.CreateAsync("IscsiRestart", Firmware.ByName(firmwareName));
        bed.Boot.Script = $"#!ipxe\n{SanBed.Credentials(bed.Targets[0])}\nsanboot {bed.RootPath}\n";
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.PauseAsync();   // it reads kernel and initrd within a second
        Task restart = bed.Tgt.RestartAsync(TimeSpan.FromSeconds(7));
        await machine.ResumeAsync();
        await restart;
        await machine.ExpectLinuxAsync(bed.Boot.Payload, hasBanner: false);
        Assert.True(bed.Tgt.Activity.Logins > 1, "it was over before the target died");
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task GrubWritesAndBootsFromADiskWithLargeBlocks(string firmwareName)
    {
        const string Stamp = "written-by-grub";
        const int BlockBytes = 4096;
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            "IscsiLargeBlocks",
            firmware,
            path => GrubDisk.Create(path, payload, Stamp, blockBytes: BlockBytes),
            it => it with { BlockBytes = BlockBytes });
        SerialLog said = await BootAsync(bed, bed.RootPath);
        Assert.True(said.HasSaid($"in blocks of {BlockBytes} bytes"), "the disk has other blocks");
        Assert.True(bed.Disk.Holds(Stamp), "what GRUB wrote is not in the target's file");
    }

    private static async Task<SerialLog> BootAsync(SanBed bed, string rootPath)
    {
        bed.Boot.Script = $"""
            #!ipxe
            {SanBed.Credentials(bed.Targets[0])}
            sanboot {rootPath}

            """;
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(bed.Boot.Payload, hasBanner: false);
        Assert.DoesNotContain(bed.Boot.Server.Requests, it => it.Path is "/vmlinuz" or "/initrd.img");
        return machine.Serial;
    }
}
