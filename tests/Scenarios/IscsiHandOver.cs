using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>When the kernel takes the machine over, the target is told: it keeps no session of a loader that is gone
/// beside the one that the operating system opens.</summary>
public sealed class IscsiHandOver
{
    private const string FirstEdk2 = "2025";

    /// <summary>Firmware that says before it hands over: U-Boot, and EDK2 of late.</summary>
    public static TheoryData<string> Announcing =>
    [
        .. Firmware.All.Where(it => !it.IsEdk2 || string.CompareOrdinal(it.Release, FirstEdk2) >= 0)
            .Select(it => it.Name),
    ];

    [Theory]
    [MemberData(nameof(Announcing))]
    public async Task TheTargetHasNoSessionLeftWhileTheKernelStarts(string firmwareName)
    {
        await using SanBed bed = await SanBed.CreateAsync(nameof(IscsiHandOver), Firmware.ByName(firmwareName));
        bed.Boot.Script = $"#!ipxe\n{SanBed.Credentials(bed.Targets[0])}\nsanboot {bed.RootPath}\n";
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectGrubAsync();
        Assert.Equal(1, bed.Tgt.Sessions());
        await machine.ExpectAsync(Expectations.BootLimit, "Linux version");
        await machine.PauseAsync();   // once it is off there are no sessions anyway
        await machine.WaitUntilAsync(() => bed.Tgt.Sessions() == 0);
        await machine.ResumeAsync();
        await machine.ExpectLinuxAsync(bed.Boot.Payload, hasBanner: false);
    }
}
