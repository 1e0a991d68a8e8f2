using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>What scenarios expect of a machine.</summary>
public static class Expectations
{
    /// <summary>From power-on to the marker, on a busy host without KVM.</summary>
    public static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(180);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    /// <summary>The guest prints the payload's marker and powers off.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="payload">What it boots.</param>
    /// <param name="hasBanner">Whether the loader's first line is still to come.</param>
    public static async Task ExpectLinuxAsync(
        this VirtualMachine machine, LinuxPayload payload, bool hasBanner = true)
    {
        if (hasBanner)
            await machine.ExpectAsync(BootLimit, GuestWords.Banner);
        (string said, _) = await machine.ExpectAsync(BootLimit, [payload.Marker, .. GuestWords.BackInFirmware]);
        Assert.True(said == payload.Marker, $"The loader gave up.\n{machine.Serial.Describe()}");
        await machine.WaitForEndAsync(EndLimit);
    }

    /// <summary>The loader prints the failure's code and hint, and gives the machine back to the firmware.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="kind">The failure that has to be reported.</param>
    /// <param name="words">Words that its sentence has to hold, such as the file's name.</param>
    public static async Task ExpectFailureAsync(this VirtualMachine machine, FailureKind kind, params string[] words)
    {
        await machine.ExpectAsync(BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");
        await machine.ExpectReturnAsync();
        Assert.All(words, word => Assert.True(machine.Serial.HasSaid(word), $"'{word}' is nowhere in the log."));
    }

    /// <summary>GRUB comes up from the disk that the loader offers.</summary>
    public static async Task ExpectGrubAsync(this VirtualMachine machine)
    {
        await machine.ExpectAsync(BootLimit, GuestWords.Banner);
        (string said, _) = await machine.ExpectAsync(BootLimit, [GrubDisk.Words, .. GuestWords.BackInFirmware]);
        Assert.True(said == GrubDisk.Words, $"The loader gave up.\n{machine.Serial.Describe()}");
    }

    /// <summary>Waits until something has happened beside the machine.</summary>
    public static async Task WaitUntilAsync(this VirtualMachine machine, Func<bool> isTrue)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.True(watch.Elapsed < BootLimit, $"It did not happen.\n{machine.Serial.Describe()}");
            await Task.Delay(10);
        }
    }

    /// <summary>The program gives the machine back to the firmware.</summary>
    public static Task ExpectReturnAsync(this VirtualMachine machine) =>
        machine.ExpectAsync(EndLimit, [.. GuestWords.BackInFirmware]);
}
