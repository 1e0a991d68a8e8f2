using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>HTTP as real servers speak it: redirects, and bodies whose length is not known beforehand.</summary>
public sealed class HttpLinuxTwists
{
    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task LinuxBootsWhenTheKernelIsRedirectedAndTheInitrdIsChunked(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpLinuxTwists), Firmware.ByName(firmware));
        bed.Server["/vmlinuz"] = ServedFile.FromText("") with { RedirectTo = bed.Server.GuestUrl("/elsewhere/kernel") };
        bed.Server["/elsewhere/kernel"] = ServedFile.FromPath(bed.Payload.Kernel);
        bed.Server["/initrd.img"] = ServedFile.FromPath(bed.Payload.Initrd) with { IsChunked = true };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
    }
}
