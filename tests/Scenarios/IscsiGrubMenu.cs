using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A user who thinks before choosing: GRUB's menu gets its keys while our disk is there, and the session lives
/// though nobody reads, since somebody answers the target's pings.</summary>
public sealed class IscsiGrubMenu
{
    private const string Down = "\u001b[B", Enter = "\r";
    private const int PingSeconds = 1, PingsMin = 12;

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AKeyPicksTheSecondEntryAfterALongWait(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiGrubMenu),
            firmware,
            path => GrubDisk.CreateWithMenu(path, payload),
            it => it with { PingSeconds = PingSeconds });
        bed.Boot.Script = $"#!ipxe\n{SanBed.Credentials(bed.Targets[0])}\nsanboot {bed.RootPath}\n";
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.SecondEntry);
        int before = bed.Tgt.Activity.Pings;
        await machine.WaitUntilAsync(() => bed.Tgt.Activity.Pings >= before + PingsMin);
        Assert.Equal(1, bed.Tgt.Activity.Logins);
        await machine.TypeAsync(Down + Enter);
        await machine.ExpectAsync(Expectations.BootLimit, GrubDisk.Words);
        await machine.ExpectLinuxAsync(payload, hasBanner: false);
    }
}
