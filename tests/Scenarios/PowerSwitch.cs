using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Uefi;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>`reboot` starts the machine anew, `poweroff` ends it, `reboot --setup` leads into the firmware's
/// setup.</summary>
public sealed class PowerSwitch
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TheMachineStartsAnewTwiceAndThenPowersOff(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(PowerSwitch), Firmware.ByName(firmwareName));
        // A reset does not end this machine, so only a real power-off does.
        bed.Setup = bed.Setup with { StartsAnewOnReset = true };
        bed.Script = "#!ipxe\necho first start\nreboot\necho still here\n";
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "first start");

        bed.Script = "#!ipxe\necho second start\nreboot --warm\necho still here\n";
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        await machine.ExpectAsync(Expectations.BootLimit, "second start");

        bed.Script = "#!ipxe\necho third start\npoweroff\necho still here\n";
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        await machine.ExpectAsync(Expectations.BootLimit, "third start");
        await machine.WaitForEndAsync(EndLimit);
        Assert.False(machine.Serial.HasSaid("still here"));
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task RebootIntoSetupShowsItWhereThereIsOne(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        string name = $"{nameof(PowerSwitch)}-setup-{firmwareName}";
        string script = Path.Combine(Repository.Logs, $"{name}.ipxe");
        await File.WriteAllTextAsync(script, "#!ipxe\nreboot --setup\n");
        string disk = Path.Combine(Repository.Logs, $"{name}.img");
        string program = firmware.Architecture == Architecture.X64 ? "BOOTX64.EFI" : "BOOTAA64.EFI";
        EspImage.Create(disk, new Dictionary<string, string>
        {
            [$"EFI/BOOT/{program}"] = LoaderImage.For(firmware.Architecture),
            ["EFI/BOOT/autoexec.ipxe"] = script,
        });

        MachineSetup setup = new(name, firmware, new MachineStart.Disk(disk), new MachineNetwork.User())
        {
            StartsAnewOnReset = true,
        };
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        if (!firmware.IsEdk2)
        {
            await machine.ExpectFailureAsync(FirmwareFailure.NoSetup);
            return;
        }

        (string seen, _) = await machine.ExpectAsync(
            Expectations.BootLimit, "Boot Maintenance Manager", GuestWords.Banner);
        Assert.NotEqual(GuestWords.Banner, seen);
    }
}
