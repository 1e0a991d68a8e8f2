using System;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The words that automated labs (LAVA's device types for iPXE among them) wait for on the serial line.
/// </summary>
public sealed class LabContract
{
    private const string CtrlB = "\u0002", Prompt = "iPXE>";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task ALabGetsItsPromptAndBootsLinuxByTypedCommands(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(LabContract), Firmware.ByName(firmwareName));
        bed.Server["/slow"] = ServedFile.OfZeros(1 << 20) with { BytesPerSecond = 100 };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Press Ctrl-B for the iPXE command line");
        await machine.TypeAsync(CtrlB);
        await machine.ExpectAsync(Limit, Prompt);
        await TypeAsync(machine, "dhcp net0", "Configuring (net0 ", "... ok", Prompt);
        string slow = bed.Server.GuestUrl("/slow");
        await TypeAsync(machine, $"kernel --timeout 1000 {slow}", "Connection timed out", Prompt);
        await TypeAsync(machine, $"set console {bed.Payload.CommandLine}", Prompt);
        await TypeAsync(machine, $"kernel {bed.Server.GuestUrl("/vmlinuz")} ${{console}}", "... ok", Prompt);
        await TypeAsync(machine, $"initrd {bed.Server.GuestUrl("/initrd.img")}", "... ok", Prompt);
        await TypeAsync(machine, "boot");
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task ALabIsToldThatThereIsNoNetwork(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("LabSilence", Firmware.ByName(firmwareName));
        bed.Setup = bed.Setup with { Network = new MachineNetwork.Silent() };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Press Ctrl-B for the iPXE command line");
        await machine.TypeAsync(CtrlB);
        await machine.ExpectAsync(Limit, Prompt);
        await TypeAsync(machine, "dhcp net0", "Configuring (net0 ", "No configuration methods succeeded", Prompt);
        await TypeAsync(
            machine, "set net0/ip 192.0.2.9 && ifopen net0 && kernel http://192.0.2.1/vmlinuz",
            "Connection timed out", Prompt);
        await TypeAsync(machine, "exit");
        await machine.ExpectReturnAsync();
    }

    private static async Task TypeAsync(VirtualMachine machine, string line, params string[] answers)
    {
        await machine.TypeAsync(line + "\r");
        foreach (string answer in answers)
            await machine.ExpectAsync(Expectations.BootLimit, answer);
    }
}
