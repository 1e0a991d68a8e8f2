using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>The figures of a release: speed of transfers, time to the kernel, sizes. Measured by the loader itself,
/// under whatever load the host has: compare runs of one hour only.</summary>
public static partial class Benchmark
{
    private const int FileBytes = 64 << 20;
    private const int Runs = 3;
    private const string Done = "bench: done";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Measures and prints everything.</summary>
    public static async Task RunAsync()
    {
        LoaderImages.Print();
        foreach (string family in new[] { "ovmf", "uboot", "aavmf" })
            await MeasureBootAsync(Firmware.ByName(family));
        foreach (string family in new[] { "ovmf", "uboot" })
            await MeasureTransfersAsync(Firmware.ByName(family));
    }

    private static async Task MeasureBootAsync(Firmware firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("bench-boot", firmware);
        bed.Script = bed.DefaultScript.Replace("boot\n", "show loader/heap\nboot\n");
        await using VirtualMachine machine = bed.Start();
        (_, TimeSpan banner) = await machine.ExpectAsync(Limit, GuestWords.Banner);
        (_, TimeSpan kernel) = await machine.ExpectAsync(Limit, "EFI stub:", "Linux version");
        await machine.ExpectAsync(Limit, bed.Payload.Marker);
        Console.WriteLine(
            $"{firmware.Name,-14} power-on to loader {banner.TotalSeconds,5:0.0} s, "
            + $"loader to first kernel line {(kernel - banner).TotalSeconds,5:0.0} s");
        PrintHeap(firmware, machine);
    }

    private static async Task MeasureTransfersAsync(Firmware firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("bench-speed", firmware);
        string big = Path.Combine(Repository.Logs, "bench.bin");
        byte[] content = new byte[FileBytes];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(big, content);
        bed.Server["/bench.bin"] = ServedFile.FromPath(big);
        bed.Setup = bed.Setup with { TftpFiles = new Dictionary<string, string> { ["bench.bin"] = big } };
        string[] sources = [bed.Server.GuestUrl("/bench.bin"), "tftp://10.0.2.2/bench.bin"];
        IEnumerable<string> fetches = sources.SelectMany(source => Enumerable.Repeat(
            $"imgfetch --name bench {source}\nimgfree bench", Runs));
        bed.Script = $"#!ipxe\n{string.Join('\n', fetches)}\nshow loader/heap\necho {Done}\nexit\n";

        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Limit, Done);
        double[] speeds =
        [
            .. Speed().Matches(machine.Serial.Text)
                .Select(it => double.Parse(it.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Print(firmware, "HTTP", speeds.Take(Runs));
        Print(firmware, "TFTP", speeds.Skip(Runs).Take(Runs));
        PrintHeap(firmware, machine);
    }

    private static void Print(Firmware firmware, string protocol, IEnumerable<double> speeds) => Console.WriteLine(
        $"{firmware.Name,-14} {protocol} 64 MiB: {string.Join("  ", speeds.Select(it => $"{it:0.0}"))} MB/s");

    /// <summary>The loader may tell how much of its heap it used at most.</summary>
    private static void PrintHeap(Firmware firmware, VirtualMachine machine)
    {
        foreach (Match line in HeapLine().Matches(machine.Serial.Text))
            Console.WriteLine($"{firmware.Name,-14} {line.Value.Trim()}");
    }

    [GeneratedRegex(@"ok \(64\.0 MiB, ([\d.]+) MB/s\)")]
    private static partial Regex Speed();

    [GeneratedRegex(@"^.*\bheap\b.*\d.*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex HeapLine();
}
