using System.Collections.Generic;

namespace Bootlace.Harness;

/// <summary>A virtual machine as it is wished for.</summary>
/// <param name="Name">Name of the run; names its log.</param>
/// <param name="Firmware">What it starts with.</param>
/// <param name="Start">How the loader gets into it.</param>
/// <param name="Network">What its network card is plugged into.</param>
public sealed record MachineSetup(string Name, Firmware Firmware, MachineStart Start, MachineNetwork Network)
{
    /// <summary>Memory in MiB.</summary>
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>Files that QEMU's TFTP server offers: name to path on the host.</summary>
    public IReadOnlyDictionary<string, string> TftpFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Files that QEMU hands to EDK2 (fw_cfg): name to path on the host.</summary>
    public IReadOnlyDictionary<string, string> FirmwareFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>What else the machine has or is, as QEMU's arguments.</summary>
    public IReadOnlyList<string> Extras { get; init; } = [];

    /// <summary>Whether it has a screen, for screenshots. Slow on OVMF, so not without need.</summary>
    public bool HasScreen { get; init; }

    /// <summary>Whether the host's KVM does the work; a nested KVM is known to crash OVMF.</summary>
    public bool UsesKvm { get; init; }

    /// <summary>Whether a reset starts the machine anew; otherwise it ends it.</summary>
    public bool StartsAnewOnReset { get; init; }

    /// <summary>Whether the machine stays, stopped, when the guest powers off.</summary>
    public bool StaysAfterPowerOff { get; init; }

    /// <summary>What its clock says when it starts, as 2001-02-03T04:05:06 (UTC); null: the host's time.</summary>
    public string? ClockBase { get; init; }
}
