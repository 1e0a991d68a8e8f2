using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A network without a DHCP server ends in a failure with words, and not in waiting for ever.</summary>
public sealed class NoDhcpServer
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task SilenceOnTheNetworkIsReported(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(NoDhcpServer), Firmware.ByName(firmware));
        bed.Setup = bed.Setup with { Network = new MachineNetwork.Silent() };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(DhcpFailure.NoOffer);
    }
}
