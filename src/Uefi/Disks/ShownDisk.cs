using System;
using Bootlace.Boot;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A disk of ours that the firmware sees: by our own BlockIo, or as a RAM disk of the firmware's.</summary>
internal abstract class ShownDisk : IAttachedDisk
{
    /// <summary>Its device path, the end node included.</summary>
    public abstract ReadOnlySpan<byte> DevicePath { get; }

    /// <summary>Reading it takes the network.</summary>
    public abstract bool NeedsNetwork { get; }

    /// <summary>Why its last request failed; null: it did not.</summary>
    public abstract BootFailure? LastFailure { get; }

    /// <inheritdoc/>
    public abstract void Detach();
}
