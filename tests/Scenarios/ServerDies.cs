using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Transfer;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A server that dies in the middle of the kernel ends in a failure with words, within the patience of a
/// person.</summary>
public sealed class ServerDies
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AServerThatDiesHalfwayIsReported(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(ServerDies), Firmware.ByName(firmware));
        ServedFile kernel = ServedFile.FromPath(bed.Payload.Kernel);
        bed.Server["/vmlinuz"] = kernel with { DiesAfterBytes = kernel.Length / 2 };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(HttpFailure.ConnectionLost, "vmlinuz", "refused the connection");
    }
}
