using System.IO;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Stub;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A script put into the built loader by tools/Stub is the first that runs, before load options and
/// DHCP.</summary>
public sealed class EmbeddedScript
{
    [Theory]
    [MemberData(nameof(Machines.All), MemberType = typeof(Machines))]
    public async Task TheEmbeddedScriptBootsLinux(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(EmbeddedScript), firmware);
        string script = $"""
            #!ipxe
            dhcp || exit 1
            kernel {bed.Server.GuestUrl("/vmlinuz")} {bed.Payload.CommandLine}
            initrd {bed.Server.GuestUrl("/initrd.img")}
            boot

            """;
        byte[] loader = await File.ReadAllBytesAsync(LoaderImage.For(firmware.Architecture));
        string customised = Path.Combine(Repository.Logs, $"{nameof(EmbeddedScript)}-{firmwareName}.efi");
        await File.WriteAllBytesAsync(
            customised, PeFile.WithSection(loader, ".script", Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))));

        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(customised, "echo the load options ran"),
            Network = new MachineNetwork.User(),
        };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.False(machine.Serial.HasSaid("the load options ran"));
    }
}
