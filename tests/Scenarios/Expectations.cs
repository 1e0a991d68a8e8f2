using System;
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

    // What firmware says once a program that it started has returned.
    private static readonly string[] BackInFirmware =
        ["back at the prompt", "BdsDxe: ", ">>Start PXE", "UEFI Interactive Shell"];

    /// <summary>The guest prints the payload's marker and powers off.</summary>
    public static async Task ExpectLinuxAsync(this VirtualMachine machine, LinuxPayload payload)
    {
        await machine.ExpectAsync(BootLimit, payload.Marker);
        await machine.WaitForEndAsync(EndLimit);
    }

    /// <summary>The loader prints the failure's code and hint, and gives the machine back to the firmware.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="kind">The failure that has to be reported.</param>
    /// <param name="words">Words that its sentence has to hold, such as the file's name.</param>
    public static async Task ExpectFailureAsync(this VirtualMachine machine, FailureKind kind, params string[] words)
    {
        string code = $"[{kind.Code:x8}]";
        await machine.ExpectAsync(BootLimit, code);
        await machine.ExpectAsync(EndLimit, kind.Hint);
        string[] lines = machine.Serial.Text.Split('\n');
        string line = Array.Find(lines, it => it.Contains(code, StringComparison.Ordinal))!;
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.OrdinalIgnoreCase));
        await machine.ExpectAsync(EndLimit, BackInFirmware);
    }
}
