using System;

namespace Bootlace.Script;

/// <summary>What is to be started from which disk.</summary>
public sealed class SanBoot
{
    /// <summary>The disk; without root paths one that is there already: a hooked drive or a local disk, any of them
    /// where the drive is null or 0.</summary>
    public required SanHook Hook { get; init; }

    /// <summary>Keep the drive when the program comes back.</summary>
    public bool IsKept { get; init; }

    /// <summary>The program's path on its volume; null: the removable-media default of this machine.</summary>
    public string? FileName { get; init; }

    /// <summary>A file that must exist on the same volume; null: none.</summary>
    public string? ExtraFileName { get; init; }

    /// <summary>The volume's label; null: any.</summary>
    public string? Label { get; init; }

    /// <summary>The GPT partition's GUID as it stands in memory; empty: any.</summary>
    public ReadOnlyMemory<byte> PartitionGuid { get; init; }
}
