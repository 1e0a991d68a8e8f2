using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Everything by TFTP: the script that DHCP names by a bare file name, kernel and initrd.</summary>
public sealed class TftpLinux
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task LinuxBootsOverTftp(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(TftpLinux), Firmware.ByName(firmware));
        string script = Path.Combine(Repository.Logs, $"{nameof(TftpLinux)}-{firmware}.ipxe");
        await File.WriteAllTextAsync(script, bed.DefaultScript);
        bed.Setup = bed.Setup with
        {
            Network = new MachineNetwork.User("boot.ipxe"),
            TftpFiles = new Dictionary<string, string>
            {
                ["boot.ipxe"] = script, ["vmlinuz"] = bed.Payload.Kernel, ["initrd.img"] = bed.Payload.Initrd,
            },
        };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.Empty(bed.Server.Requests);
    }
}
