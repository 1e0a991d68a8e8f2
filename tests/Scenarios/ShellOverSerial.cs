using System;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Script;
using Xunit;
using static Bootlace.Scenarios.TypedKeys;

namespace Bootlace.Scenarios;

/// <summary>A user at the serial line: Ctrl-B opens the shell, lines are edited and run, Ctrl-C breaks a wait, exit
/// gives the machine back.</summary>
public sealed class ShellOverSerial
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TheShellTakesLinesAndCtrlC(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(ShellOverSerial), firmware);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "Press Ctrl-B for the iPXE command line...");
        await machine.TypeAsync(CtrlB);
        await machine.ExpectAsync(AnswerLimit, "iPXE> ");

        await machine.TypeAsync($"set greeting hellp{Backspace}o{Enter}");
        await machine.TypeAsync($"echo <${{greeting}}> on ${{buildarch}}{Enter}");
        string buildArchitecture = firmware.Architecture == Architecture.X64 ? "x86_64" : "arm64";
        await machine.ExpectAsync(AnswerLimit, $"<hello> on {buildArchitecture}");

        // The words on the screen differ from those that are typed, which are on the screen as well.
        await machine.TypeAsync($"echo asleep: ${{greeting}} && sleep 600{Enter}");
        await machine.ExpectAsync(AnswerLimit, "asleep: hello");
        await machine.TypeAsync(CtrlC);
        await machine.ExpectAsync(AnswerLimit, $"[{ScriptFailure.Cancelled.Code:x8}]");

        await machine.TypeAsync($"sleep 600{Enter}{CtrlC}");
        await machine.ExpectAsync(AnswerLimit, $"[{ScriptFailure.Cancelled.Code:x8}]");

        await machine.TypeAsync($"nosuchcommand{Enter}");
        await machine.ExpectAsync(
            AnswerLimit, $"nosuchcommand: command not found [{ScriptFailure.UnknownCommand.Code:x8}]");
        await machine.TypeAsync($"dhcp && echo got ${{net0/ip}}{Enter}");
        await machine.ExpectAsync(AnswerLimit, "got 10.0.2.15");
        await machine.TypeAsync($"iflinkwait && time route{Enter}");
        await machine.ExpectAsync(AnswerLimit, "net0: 10.0.2.15/255.255.255.0 gw 10.0.2.2");
        await machine.ExpectAsync(AnswerLimit, "route: 0.0");
        await machine.TypeAsync($"nslookup peer 10.0.2.2 && echo peer=${{peer}}{Enter}");
        await machine.ExpectAsync(AnswerLimit, "peer=10.0.2.2");
        await machine.TypeAsync($"exit{Enter}");
        await machine.ExpectReturnAsync();
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task KeysInPiecesAndBurstsOfTwoKilobytesArrive(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("TypedBursts", Firmware.ByName(firmwareName));
        bed.Script = "#!ipxe\nset m mark\nshell\nexit\n";
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "iPXE> ");

        // EDK2 hands most of these over as an ESC key and characters.
        await machine.TypeAsync($"echo ${{m}} acbX{Left}{Delete}{Left}{Left}{Delete}{End}c{LinuxHome}{Insert}{Enter}");
        await machine.ExpectAsync(AnswerLimit, "mark abc");
        await machine.TypeAsync($"echo ${{m}} keys: a{CtrlLeft}x{F5}{ShiftUp}{Enter}");
        await machine.ExpectAsync(AnswerLimit, "mark abc");   // the line before it, once more

        await machine.TypeAsync("sho\tnet0/m\t\t");   // the second one lists mac and mtu
        await machine.ExpectAsync(AnswerLimit, "net0/mtu");
        await machine.TypeAsync($"ac{Enter}");
        await machine.ExpectAsync(AnswerLimit, "net0/mac:hex = 52:54:00:12:34:56");

        string burst = string.Concat(Enumerable.Range(0, 500).Select(it => $"{it:d3}-"));
        await machine.TypeAsync($"set burst {burst}{Enter}");
        await machine.TypeAsync($"echo ${{m}}=${{burst}}=${{m}}{Enter}");
        await machine.ExpectAsync(AnswerLimit, $"mark={burst}=mark");

        string[] lines = [.. Enumerable.Range(0, 70).Select(it => $"echo ${{m}} line {it:d3} of many")];
        await machine.TypeAsync(string.Concat(lines.Select(it => it + Enter)));
        for (int i = 0; i < lines.Length; i++) await machine.ExpectAsync(AnswerLimit, $"mark line {i:d3} of many");
        await machine.TypeAsync($"exit{Enter}");
        await machine.ExpectReturnAsync();
    }
}
