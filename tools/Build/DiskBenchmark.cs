using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Disks over iSCSI, beside iPXE on the same LUN, firmware and network card, one after the other: speed
/// through BlockIo in requests of several sizes, and the whole chain to the kernel. Only the ratios mean
/// something.</summary>
public static class DiskBenchmark
{
    private const string Name = "bench-disk";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Series =
    [
        "read 4096 33554432", "read 65536 134217728", "read 1048576 134217728",
        "write 4096 2097152", "write 65536 8388608", "write 1048576 16777216",
    ];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync()
    {
        foreach (string family in new[] { "ovmf", "uboot" })
        {
            Firmware firmware = Firmware.ByName(family);
            await CompareSpeedAsync(firmware);
            await CompareChainAsync(firmware);
        }
    }

    private static async Task CompareSpeedAsync(Firmware firmware)
    {
        await using SanBed bed = await SanBed.CreateAsync(
            Name, firmware, path => BenchDisk.Create(path, firmware.Architecture), isLogged: false);
        List<double> ours = await MeasureSpeedAsync(bed, isOurs: true);
        List<double>? theirs = await TryAsync(() => MeasureSpeedAsync(bed, isOurs: false));
        for (int i = 0; i < Series.Length; i++)
            Print(firmware, Describe(Series[i]), ours[i], theirs?[i], "MB/s");
    }

    private static async Task CompareChainAsync(Firmware firmware)
    {
        await using SanBed bed = await SanBed.CreateAsync(Name + "-chain", firmware, isLogged: false);
        double ours = await MeasureChainAsync(bed, isOurs: true);
        double? theirs = (await TryAsync(async () => new List<double> { await MeasureChainAsync(bed, false) }))?[0];
        Print(firmware, "loader to kernel", ours, theirs, "s");
    }

    private static async Task<List<double>> MeasureSpeedAsync(SanBed bed, bool isOurs)
    {
        await using VirtualMachine machine = Start(bed, isOurs, keeps: true);
        List<double> speeds = [];
        foreach (string series in Series)
        {
            (_, TimeSpan begin) = await machine.ExpectAsync(Limit, $"BENCH begins {series}");
            (_, TimeSpan end) = await machine.ExpectAsync(Limit, $"BENCH ends {series}");
            speeds.Add(long.Parse(series.Split(' ')[2]) / (end - begin).TotalSeconds / 1e6);
        }

        await machine.ExpectAsync(Limit, "BENCH done");
        if (isOurs)
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

    private static async Task<double> MeasureChainAsync(SanBed bed, bool isOurs)
    {
        await using VirtualMachine machine = Start(bed, isOurs, keeps: false);
        (_, TimeSpan begin) = await machine.ExpectAsync(Limit, isOurs ? GuestWords.Banner : Ipxe.FirstWords);
        (_, TimeSpan end) = await machine.ExpectAsync(Limit, "EFI stub:", "Linux version");
        await machine.ExpectAsync(Limit, bed.Boot.Payload.Marker);
        return (end - begin).TotalSeconds;
    }

    private static VirtualMachine Start(SanBed bed, bool isOurs, bool keeps)
    {
        Firmware firmware = bed.Boot.Setup.Firmware;
        string script = bed.Boot.Server.GuestUrl("/boot.ipxe");
        // iPXE cannot describe a disk without ACPI.
        string describe = firmware.IsEdk2 ? "" : "--no-describe ";
        bed.Boot.Script = $"""
            #!ipxe
            set initiator-iqn {SanBed.InitiatorName}
            sanhook {describe}{bed.RootPath}
            {(isOurs && keeps ? "echo heap before: ${loader/heap}" : "")}
            sanboot --keep --drive 0x80
            {(isOurs && keeps ? "echo heap after: ${loader/heap}" : "")}

            """;
        MachineSetup ours = bed.Boot.Setup with
        {
            Start = new MachineStart.Program(
                LoaderImage.For(firmware.Architecture), firmware.IsEdk2 ? $"dhcp && chain {script}" : null),
        };
        return VirtualMachine.Start(
            isOurs ? ours : Ipxe.Machine($"{ours.Name}-ipxe", firmware, script) with { MemoryMiB = ours.MemoryMiB });
    }

    /// <summary>The rival may fail: that is a result, too.</summary>
    private static async Task<List<double>?> TryAsync(Func<Task<List<double>>> measure)
    {
        try
        {
            return await measure();
        }
        catch (HarnessException failure)
        {
            Console.WriteLine($"iPXE failed: {failure.Message.Split('\n')[0]}");
            return null;
        }
    }

    private static string Describe(string series)
    {
        string[] words = series.Split(' ');
        int bytes = int.Parse(words[1]);
        return $"{words[0]} in {(bytes < 1 << 20 ? $"{bytes >> 10} KiB" : $"{bytes >> 20} MiB")}";
    }

    private static void Print(Firmware firmware, string what, double ours, double? theirs, string unit) =>
        Console.WriteLine($"{firmware.Name,-14} iSCSI {what,-18} {ours,8:0.00} {unit}, iPXE "
            + (theirs is { } other ? $"{other,8:0.00} {unit}: ratio {ours / other:0.00}" : "failed"));
}
