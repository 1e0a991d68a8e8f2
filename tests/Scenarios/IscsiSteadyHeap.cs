using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A program that reads more than a gigabyte from its disk leaves the loader's heap as it was: thirteen
/// thousand requests of all sizes allocate nothing.</summary>
public sealed partial class IscsiSteadyHeap
{
    // For finding, loading and starting the program, and for coming back: seen were 154, and 192 KiB.
    private const int AllocationsMax = 500, GrowthKibMax = 512;

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AGibibyteReadLeavesTheHeapAsItWas(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using SanBed bed = await SanBed.CreateAsync(
            nameof(IscsiSteadyHeap), firmware, path => BenchDisk.Create(path, firmware.Architecture), isLogged: false);
        bed.Boot.Script = $$"""
            #!ipxe
            {{SanBed.Credentials(bed.Targets[0])}}
            sanhook {{bed.RootPath}}
            echo heap before: ${loader/heap}
            sanboot --keep --drive 0x80
            echo heap after: ${loader/heap}

            """;
        await using VirtualMachine machine = bed.Boot.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "BENCH done");
        await machine.ExpectAsync(Expectations.BootLimit, BenchDisk.LastWords);
        await machine.ExpectAsync(Expectations.BootLimit, "heap after:");
        await machine.WaitUntilAsync(() => Figures().Matches(machine.Serial.Text).Count >= 2);
        int[][] figures = [.. Figures().Matches(machine.Serial.Text).Select(
            it => it.Groups.Values.Skip(1).Select(group => int.Parse(group.Value)).ToArray())];
        Assert.InRange(figures[1][0] - figures[0][0], 0, GrowthKibMax);
        Assert.InRange(figures[1][1] - figures[0][1], 0, AllocationsMax);
    }

    [GeneratedRegex(@"heap (?:before|after): peak (\d+) KiB .* (\d+) allocations")]
    private static partial Regex Figures();
}
