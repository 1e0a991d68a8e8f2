using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The load options are a script of one line, with all operators: QEMU's -append and U-Boot's bootargs give
/// them to the loader.</summary>
public sealed class LoadOptionsScript
{
    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task OneLineOfLoadOptionsBootsLinux(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(LoadOptionsScript), Firmware.ByName(firmwareName));
        Start(bed, "isset ${net0/nothing} && echo not this || echo options run ; dhcp && "
            + $"kernel {bed.Server.GuestUrl("/vmlinuz")} {bed.Payload.CommandLine} && "
            + $"initrd {bed.Server.GuestUrl("/initrd.img")} && boot || echo not that either");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "options run");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        Assert.False(machine.Serial.HasSaid("not this"));
        Assert.False(machine.Serial.HasSaid("not that either"));
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task AMistakeInTheLoadOptionsIsReportedAndNothingElseIsBooted(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("LoadOptionsMistake", Firmware.ByName(firmwareName));
        Start(bed, "nosuchcommand --any thing && echo not this");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(ScriptFailure.UnknownCommand, "nosuchcommand", "<CMDLINE> stopped at line");
        Assert.False(machine.Serial.HasSaid("not this"));
        Assert.Empty(bed.Server.Requests);
    }

    // DHCP names a script as well; it must not be asked for.
    private static void Start(BootBed bed, string options) => bed.Setup = bed.Setup with
    {
        Start = new MachineStart.Program(LoaderImage.For(bed.Setup.Firmware.Architecture), options),
    };
}
