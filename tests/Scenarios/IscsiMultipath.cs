using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Several root paths to one disk: the first that works is used, and when it dies under GRUB the disk goes on
/// by another, through another target. Where there is an iBFT, Linux finds that one in it and has its root
/// there.</summary>
public sealed class IscsiMultipath
{
    [Theory]
    [InlineData("ovmf", "sanhook {0}\nsanboot --drive 0x80")]
    [InlineData("uboot", "sanboot {0}")]
    public async Task TheDiskGoesOnByAnotherPathWhenItsOwnDiesUnderGrub(string family, string script)
    {
        Firmware firmware = Firmware.ByName(family);
        IscsiRoot? root = firmware.IsEdk2 ? IscsiRoot.Prepare(firmware.Architecture) : null;
        LinuxPayload payload = root?.Payload ?? LinuxPayload.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiMultipath),
            firmware,
            path => GrubDisk.Create(path, payload, others: root is null ? [] : [root.Partition]),
            others: folder => [new IscsiTarget("iqn.2026-11.net.bootlace:second", Path.Combine(folder, "disk.img"))]);
        using TargetRelay dying = TargetRelay.Start(bed.Tgt.Port);
        int closed = LoopbackPort.FindFree(), standby = LoopbackPort.FindFree();
        string paths = string.Join(
            ' ',
            bed.Tgt.RootPath(bed.Targets[0], port: closed),
            bed.Tgt.RootPath(bed.Targets[0], port: dying.Port),
            bed.Tgt.RootPath(bed.Targets[1], port: standby));
        bed.Boot.Script =
            $"#!ipxe\n{SanBed.Credentials(bed.Targets[0])}\n{script.Replace("{0}", paths)}\n";
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.PauseAsync();   // it reads kernel and initrd within a second
        bed.Tgt.AddPortal(standby);
        dying.Dispose();
        await machine.ResumeAsync();
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
        if (root is not null)
            Assert.True(machine.Serial.HasSaid($"{IscsiRoot.IbftWords}target0/port={standby}"), "the dead path's iBFT");
        Assert.True(bed.Tgt.Activity.Logins > 1, "it was over before the path died");
    }
}
