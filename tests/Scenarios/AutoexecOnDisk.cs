using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The loader on a disk's EFI system partition runs the autoexec.ipxe that lies beside it.</summary>
public sealed class AutoexecOnDisk
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AutoexecBesideTheLoaderBootsLinux(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(AutoexecOnDisk), firmware);
        string script = Path.Combine(Repository.Logs, $"{nameof(AutoexecOnDisk)}-{firmwareName}.ipxe");
        await File.WriteAllTextAsync(script, $"""
            #!ipxe
            dhcp
            kernel {bed.Server.GuestUrl("/vmlinuz")} {bed.Payload.CommandLine}
            initrd {bed.Server.GuestUrl("/initrd.img")}
            boot

            """);
        string disk = Path.Combine(Repository.Logs, $"{nameof(AutoexecOnDisk)}-{firmwareName}.img");
        string program = firmware.Architecture == Architecture.X64 ? "BOOTX64.EFI" : "BOOTAA64.EFI";
        EspImage.Create(disk, new Dictionary<string, string>
        {
            [$"EFI/BOOT/{program}"] = LoaderImage.For(firmware.Architecture),
            ["EFI/BOOT/autoexec.ipxe"] = script,
        });

        // DHCP names nothing: without the autoexec script there would be nothing to boot.
        bed.Setup = bed.Setup with { Start = new MachineStart.Disk(disk), Network = new MachineNetwork.User() };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
    }
}
