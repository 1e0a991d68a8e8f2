using System;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A user at the serial line: Ctrl-B opens the shell, lines are edited and run, Ctrl-C breaks a wait, exit
/// gives the machine back.</summary>
public sealed class ShellOverSerial
{
    private const string CtrlB = "\u0002", CtrlC = "\u0003", Backspace = "\b", Enter = "\r";
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
}
