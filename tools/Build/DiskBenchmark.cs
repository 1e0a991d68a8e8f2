using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Disks over iSCSI, beside iPXE on the same LUN, firmware and network card: speed through BlockIo in requests
/// of several sizes, and the whole chain to the kernel. The machine's speed changes within minutes, so all take turns;
/// only the ratios of the medians mean something.</summary>
/// <param name="earlier">An earlier loader's image for OVMF, measured too; null: none.</param>
public sealed class DiskBenchmark(string? earlier)
{
    private const string Name = "bench-disk";
    private const int Rounds = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Series =
    [
        "read 4096 33554432", "read 65536 134217728", "read 1048576 134217728",
        "write 4096 2097152", "write 65536 8388608", "write 1048576 16777216",
    ];

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        foreach (string family in new[] { "ovmf", "uboot" })
        {
            Firmware firmware = Firmware.ByName(family);
            await CompareSpeedAsync(firmware);
            await CompareChainAsync(firmware);
        }
    }

    private async Task CompareSpeedAsync(Firmware firmware)
    {
        await using SanBed bed = await SanBed.CreateAsync(
            Name, firmware, path => BenchDisk.Create(path, firmware.Architecture), isLogged: false);
        await CompareAsync(firmware, [.. Series.Select(Describe)], "MB/s", it => MeasureSpeedAsync(bed, it));
    }

    private async Task CompareChainAsync(Firmware firmware)
    {
        await using SanBed bed = await SanBed.CreateAsync(Name + "-chain", firmware, isLogged: false);
        await CompareAsync(firmware, ["loader to kernel"], "s", async it => [await MeasureChainAsync(bed, it)]);
    }

    /// <summary>Lets everybody measure everything in turns, and prints.</summary>
    private async Task CompareAsync(
        Firmware firmware, string[] what, string unit, Func<DiskContestant, Task<List<double>>> measure)
    {
        var ours = new DiskContestant("ours", LoaderImage.For(firmware.Architecture));
        List<DiskContestant> contestants = [ours, DiskContestant.Rival];
        if (earlier is not null && firmware.Architecture == Architecture.X64)
            contestants.Add(new DiskContestant("earlier", earlier));
        Turns<DiskContestant> turns = new(contestants, it => it.Name);
        await turns.RunAsync(Rounds, async it => await measure(it));
        for (int i = 0; i < what.Length; i++)
        {
            double median = turns.Median(ours, i);
            string others = string.Concat(turns.Present.Where(it => it != ours).Select(
                it => $", {it.Name} {turns.Median(it, i),8:0.00} {unit}: ratio {median / turns.Median(it, i):0.00}"));
            Console.WriteLine($"{firmware.Name,-14} iSCSI {what[i],-18} {median,8:0.00} {unit}{others}   "
                + string.Join("; ", turns.Present.Select(it => $"{it.Name} {turns.All(it, i)}")));
        }
    }

    private static async Task<List<double>> MeasureSpeedAsync(SanBed bed, DiskContestant contestant)
    {
        bool tellsHeap = contestant.Loader is not null;
        await using VirtualMachine machine = contestant.Start(bed, tellsHeap);
        List<double> speeds = [];
        foreach (string series in Series)
        {
            (_, TimeSpan begin) = await machine.ExpectAsync(Limit, $"BENCH begins {series}");
            (_, TimeSpan end) = await machine.ExpectAsync(Limit, $"BENCH ends {series}");
            speeds.Add(long.Parse(series.Split(' ')[2]) / (end - begin).TotalSeconds / 1e6);
        }

        await machine.ExpectAsync(Limit, "BENCH done");
        if (tellsHeap)
            await PrintHeapAsync(bed, machine);
        return speeds;
    }

    /// <summary>After another 1 GiB the heap has to be what it was. U-Boot is reset where the program comes
    /// back.</summary>
    private static async Task PrintHeapAsync(SanBed bed, VirtualMachine machine)
    {
        Firmware firmware = bed.Boot.Setup.Firmware;
        await machine.ExpectAsync(Limit, BenchDisk.LastWords);
        if (!firmware.IsEdk2)
            return;
        await machine.ExpectAsync(Limit, "heap after:");
        foreach (string line in machine.Serial.Text.Split('\n'))
            if (line.StartsWith("heap ", StringComparison.Ordinal))
                Console.WriteLine($"{firmware.Name,-14} {line.Trim()}");
    }

    private static async Task<double> MeasureChainAsync(SanBed bed, DiskContestant contestant)
    {
        await using VirtualMachine machine = contestant.Start(bed, tellsHeap: false);
        (_, TimeSpan begin) = await machine.ExpectAsync(
            Limit, contestant.Loader is null ? Ipxe.FirstWords : GuestWords.Banner);
        (_, TimeSpan end) = await machine.ExpectAsync(Limit, "EFI stub:", "Linux version");
        await machine.ExpectAsync(Limit, bed.Boot.Payload.Marker);
        return (end - begin).TotalSeconds;
    }

    private static string Describe(string series)
    {
        string[] words = series.Split(' ');
        int bytes = int.Parse(words[1]);
        return $"{words[0]} in {(bytes < 1 << 20 ? $"{bytes >> 10} KiB" : $"{bytes >> 20} MiB")}";
    }
}
