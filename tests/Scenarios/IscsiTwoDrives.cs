using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Two drives on targets with different credentials, changed in the script between two `sanhook`s: GRUB on the
/// first loads kernel and initrd from the second.</summary>
public sealed class IscsiTwoDrives
{
    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task GrubOnTheFirstDriveReadsFromTheSecond(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiTwoDrives),
            firmware,
            path => GrubDisk.CreateWithoutKernel(path, payload, "second-drive"),
            it => it with { Incoming = new ChapAccount("first", "secret-of-first") },
            folder =>
            {
                string second = Path.Combine(folder, "second.img");
                GrubDisk.Create(second, payload, label: "second-drive");
                return [new IscsiTarget("iqn.2026-11.net.bootlace:second", second)
                {
                    Incoming = new ChapAccount("second", "secret-of-second"),
                }];
            });
        bed.Boot.Script = $"""
            #!ipxe
            {SanBed.Credentials(bed.Targets[0])}
            sanhook --drive 0x80 {bed.RootPath}
            {SanBed.Credentials(bed.Targets[1])}
            sanhook --drive 0x81 {bed.Tgt.RootPath(bed.Targets[1])}
            sanboot --drive 0x80

            """;
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
        Assert.Equal(2, bed.Tgt.Activity.Logins);
    }
}
