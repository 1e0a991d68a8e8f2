using System.Collections.Generic;

namespace Bootlace.Harness;

/// <summary>What guests say that the harness goes by.</summary>
public static class GuestWords
{
    /// <summary>In the loader's first line.</summary>
    public const string Banner = "UEFI network boot";

    /// <summary>What firmware says once a program that it started has returned.</summary>
    public static IReadOnlyList<string> BackInFirmware { get; } =
        ["back at the prompt", "BdsDxe: ", ">>Start PXE", "UEFI Interactive Shell"];

    /// <summary>What firmware and Linux say when nothing more is to come.</summary>
    public static IReadOnlyList<string> Crash { get; } =
    [
        "Synchronous Exception at", "X64 Exception Type", "\"Synchronous Abort\" handler", "Kernel panic - not syncing",
    ];
}
