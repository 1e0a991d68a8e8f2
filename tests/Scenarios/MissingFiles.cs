using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Transfer;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A file that the server does not have is named, with the protocol's own failure, and the machine goes back
/// to its firmware.</summary>
public sealed class MissingFiles
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task MissingKernelOnAnHttpServerIsReported(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("MissingHttpKernel", Firmware.ByName(firmware));
        bed.Script = """
            #!ipxe
            kernel no-such-kernel
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(HttpFailure.NotFound, "no-such-kernel");
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task MissingKernelOnATftpServerIsReported(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("MissingTftpKernel", Firmware.ByName(firmware));
        bed.Script = """
            #!ipxe
            kernel tftp://10.0.2.2/no-such-kernel
            boot

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(TftpFailure.NotFound, "no-such-kernel");
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task MissingScriptThatDhcpNamesIsReported(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("MissingScript", Firmware.ByName(firmware));
        bed.Setup = bed.Setup with { Network = new MachineNetwork.User(bed.Server.GuestUrl("/no-such-script")) };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(HttpFailure.NotFound, "no-such-script");
    }
}
