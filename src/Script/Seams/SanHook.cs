using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>A network disk that is to become a drive.</summary>
public sealed class SanHook
{
    /// <summary>Its number; null: the setting <c>san-drive</c>, else 0x80.</summary>
    public uint? Drive { get; init; }

    /// <summary>Tell the operating system of it by an ACPI table, where the firmware has ACPI.</summary>
    public bool IsDescribed { get; init; } = true;

    /// <summary>Fetch it whole and keep it in memory.</summary>
    public bool IsRamDisk { get; init; }

    /// <summary>Where it is: several are several ways to the same disk.</summary>
    public required IReadOnlyList<string> RootPaths { get; init; }
}
