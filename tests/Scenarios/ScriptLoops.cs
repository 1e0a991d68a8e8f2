using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Script;
using Xunit;
using static Bootlace.Scenarios.TypedKeys;

namespace Bootlace.Scenarios;

/// <summary>A script that goes round ten thousand times leaves the heap as it was, and one that would go round for ever
/// is ended by Ctrl-C. Before that, a script inside a MIME message runs, and commands of other machines are known.
/// </summary>
public sealed partial class ScriptLoops
{
    private const int LiveGrowthKibMax = 64, PeakGrowthKibMax = 512;
    private const string UserData = """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=====part"

        --=====part
        Content-Type: text/cloud-config

        users: []
        --=====part
        Content-Type: text/x-ipxe
        Content-Transfer-Encoding: base64

        IyFpcHhlCnNldCB3cmFwcGVkIHllcwo=
        --=====part--

        """;
    private static readonly TimeSpan LoopLimit = TimeSpan.FromMinutes(4);

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TenThousandRoundsLeaveTheHeapAsItWasAndCtrlCEndsAnEndlessLoop(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(ScriptLoops), firmware);
        bed.Script = $$"""
            #!ipxe
            chain user-data && profstat || echo profstat: ${errno}
            sync --timeout 1000 && time iseq ${wrapped} yes && echo all was known
            {{Rounds("warm")}}
            echo heap before: ${loader/heap}
            {{Rounds("loop")}}
            echo heap after: ${loader/heap}
            :endless goto endless
            """;
        bed.Server["/user-data"] = ServedFile.FromText(UserData);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, $"profstat: 0x{ScriptFailure.NotSupportedHere.Code:x}");
        await machine.ExpectAsync(LoopLimit, "all was known");
        await machine.ExpectAsync(Expectations.BootLimit, "heap before:");
        await machine.ExpectAsync(LoopLimit, "heap after:");
        await machine.WaitUntilAsync(() => Figures().Matches(machine.Serial.Text).Count >= 2);
        int[][] figures = [.. Figures().Matches(machine.Serial.Text).Select(
            it => it.Groups.Values.Skip(1).Select(group => int.Parse(group.Value)).ToArray())];
        Assert.InRange(figures[1][0] - figures[0][0], -PeakGrowthKibMax, PeakGrowthKibMax);
        Assert.InRange(figures[1][1] - figures[0][1], -LiveGrowthKibMax, LiveGrowthKibMax);
        Assert.True(figures[1][2] > figures[0][2], "nothing was collected");

        await machine.TypeAsync(CtrlC);
        await machine.ExpectAsync(TimeSpan.FromSeconds(20), $"[{ScriptFailure.Cancelled.Code:x8}]");
        await machine.ExpectAsync(TimeSpan.FromSeconds(20), "stopped at line");
        await machine.ExpectReturnAsync();
    }

    private static string Rounds(string label) => $$"""
        set i:int32 0
        :{{label}} set n x${i}
        inc i
        iseq ${i} 10000 && goto {{label}}-done ||
        goto {{label}}
        :{{label}}-done
        """;

    [GeneratedRegex(@"heap (?:before|after): peak (\d+) KiB of \d+ KiB, live (\d+) KiB, (\d+) collections")]
    private static partial Regex Figures();
}
