using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>The default scenario with the console live: the loader boots Linux over HTTP, and the guest's marker
/// decides.</summary>
public static class NetworkBoot
{
    private static readonly TimeSpan MarkerLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    /// <summary>Boots.</summary>
    /// <returns>0 when the guest did what it should.</returns>
    public static async Task<int> RunAsync(RunOptions options)
    {
        Firmware firmware = ChooseFirmware(options);
        await using BootBed bed = await BootBed.CreateAsync("run", firmware);
        Prepare(bed, options);
        Console.WriteLine($"Starting {firmware.Name} ({firmware.Architecture.OurName()}) in QEMU ...");
        await using VirtualMachine machine = bed.Start(Console.Write);
        try
        {
            Task screenshot = options.ScreenshotAt is { } text
                ? ScreenshotAtAsync(machine, text, options)
                : Task.CompletedTask;
            if (options.IsInteractive)
                await RelayAsync(machine);
            else if (options.Kernel is not null)
                await machine.WaitForEndAsync(Timeout.InfiniteTimeSpan);
            else
                await ExpectMarkerAsync(machine, bed.Payload.Marker);
            await screenshot;
            if (options is { Screenshot: not null, ScreenshotAt: null })
                await TakeScreenshotAsync(machine, options.Screenshot);
        }
        catch (HarnessException failure)
        {
            Console.WriteLine();
            Console.WriteLine($"FAILED: {failure.Message}");
            return 1;
        }

        Console.WriteLine($"Serial log: {machine.Serial.Path}");
        return 0;
    }

    private static Firmware ChooseFirmware(RunOptions options)
    {
        if (options.Firmware is null)
            return Firmware.Default(ArchitectureNames.Parse(options.Architecture ?? "x64"));
        Firmware firmware = Firmware.ByName(options.Firmware);
        if (options.Architecture is { } wanted && ArchitectureNames.Parse(wanted) != firmware.Architecture)
            throw new HarnessException($"{firmware.Name} is not for {wanted}.");
        return firmware;
    }

    private static void Prepare(BootBed bed, RunOptions options)
    {
        bed.Setup = bed.Setup with
        {
            MemoryMiB = options.MemoryMiB,
            UsesKvm = options.UsesKvm,
            HasScreen = options.Screenshot is not null,
            StaysAfterPowerOff = options.Screenshot is not null,
        };
        string screen = options.Screenshot is not null ? "console=tty0 " : "";
        string shell = options.IsInteractive ? " bootlace.shell" : "";
        bed.Script = $"""
            #!ipxe
            kernel vmlinuz {options.Append ?? screen + bed.Payload.CommandLine + shell}
            {(options.Kernel is null || options.Initrd is not null ? "initrd initrd.img" : "")}
            boot

            """;
        if (options.Kernel is not null)
            bed.Server["/vmlinuz"] = ServedFile.FromPath(options.Kernel);
        if (options.Initrd is not null)
            bed.Server["/initrd.img"] = ServedFile.FromPath(options.Initrd);
    }

    private static async Task ExpectMarkerAsync(VirtualMachine machine, string marker)
    {
        (string said, TimeSpan at) = await machine.ExpectAsync(MarkerLimit, [marker, .. GuestWords.BackInFirmware]);
        if (said != marker)
            throw new HarnessException($"The loader gave up: the machine is back in its firmware ('{said}').");
        if (!machine.Setup.StaysAfterPowerOff)
            await machine.WaitForEndAsync(EndLimit);
        Console.WriteLine();
        Console.WriteLine($"The guest reached its marker {at.TotalSeconds:0.0} s after power-on, every byte intact.");
    }

    private static async Task RelayAsync(VirtualMachine machine)
    {
        Console.WriteLine("Keys go to the guest; Ctrl-] leaves.");
        using CancellationTokenSource stop = new();
        using Keyboard keyboard = new();
        await Task.WhenAny(Keyboard.RelayAsync(machine, stop.Token), machine.WaitForEndAsync(Timeout.InfiniteTimeSpan));
        await stop.CancelAsync();
    }

    private static async Task ScreenshotAtAsync(VirtualMachine machine, string text, RunOptions options)
    {
        await machine.ExpectAsync(MarkerLimit, text);
        await TakeScreenshotAsync(machine, options.Screenshot!);
    }

    private static async Task TakeScreenshotAsync(VirtualMachine machine, string path)
    {
        await machine.ScreenshotAsync(path);
        Console.WriteLine($"\nScreenshot: {path}");
    }
}
