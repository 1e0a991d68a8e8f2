using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>What the firmware does after a script has ended: `exit 1` lets it go on to its next entry, `exit 0` does
/// not, and U-Boot shows the status.</summary>
public sealed class ExitToFirmware
{
    private const string Second = "the second entry runs", BootManager = "Boot Maintenance Manager";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("ovmf", "exit 1")]
    [InlineData("aavmf", "exit 1")]
    [InlineData("ovmf", "iseq the same")]
    [InlineData("aavmf", "iseq the same")]
    public async Task AfterAFailureTheFirmwareBootsItsNextEntry(string family, string line)
    {
        await using VirtualMachine machine = Start($"ExitNonzero-{line.Split(' ')[0]}", Firmware.ByName(family), line);
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        await machine.ExpectAsync(Limit, Second);
        Assert.False(machine.Serial.HasSaid("not reached"));
    }

    [Theory]
    [InlineData("ovmf")]
    [InlineData("aavmf")]
    public async Task AfterSuccessEdk2AsksTheUserAndBootsNothingElse(string family)
    {
        await using VirtualMachine machine = Start("ExitZero", Firmware.ByName(family), "exit 0");
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        (string seen, _) = await machine.ExpectAsync(Limit, BootManager, Second);
        Assert.Equal(BootManager, seen);
    }

    [Theory]
    [InlineData("exit 1", "r = 127")]
    [InlineData("exit 5", "r = 123")]
    [InlineData("iseq the same", "r = 2")]
    [InlineData("goto nowhere", "r = 14")]
    [InlineData("exit 0", null)]
    [InlineData("echo to the end", null)]
    public async Task UbootShowsTheStatus(string line, string? status)
    {
        const string Failed = "Application failed, ";
        await using VirtualMachine machine =
            Start($"ExitUboot-{line.Replace(' ', '-')}", Firmware.ByName("uboot"), line);
        await machine.ExpectAsync(Expectations.BootLimit, GuestWords.Banner);
        (string seen, _) = await machine.ExpectAsync(Limit, [Failed, .. GuestWords.BackInFirmware]);
        Assert.Equal(status is not null, seen == Failed);
        if (status is not null)
            await machine.ExpectAsync(Limit, status);
    }

    /// <summary>A machine whose first boot entry is our loader with a script, and whose second is the loader with
    /// another one.</summary>
    private static VirtualMachine Start(string name, Firmware firmware, string line)
    {
        name = $"{name}-{firmware.Name}";
        string first = MakeDisk(name, firmware, $"{line}\n{(line == "echo to the end" ? "" : "echo not reached")}\n");
        string? second = firmware.IsEdk2 ? MakeDisk($"{name}-second", firmware, $"echo {Second}\n") : null;
        return VirtualMachine.Start(new MachineSetup(
            name, firmware, new MachineStart.Disk(first, second), new MachineNetwork.User()));
    }

    private static string MakeDisk(string name, Firmware firmware, string lines)
    {
        string script = Path.Combine(Repository.Logs, $"{name}.ipxe");
        File.WriteAllText(script, $"#!ipxe\n{lines}");
        string disk = Path.Combine(Repository.Logs, $"{name}.img");
        string program = firmware.Architecture == Architecture.X64 ? "BOOTX64.EFI" : "BOOTAA64.EFI";
        EspImage.Create(disk, new Dictionary<string, string>
        {
            [$"EFI/BOOT/{program}"] = LoaderImage.For(firmware.Architecture),
            ["EFI/BOOT/autoexec.ipxe"] = script,
        });
        return disk;
    }
}
