using System.Threading.Tasks;

namespace Bootlace.Boot;

/// <summary>A network disk with its drive number, shown to the firmware.</summary>
internal sealed class SanDrive(uint number, OpenedDisk disk)
{
    /// <summary>Its number.</summary>
    public uint Number => number;

    /// <summary>The disk.</summary>
    public OpenedDisk Disk => disk;

    /// <summary>How it is reached; null: it lies in our memory.</summary>
    public DiskRoute? Route { get; set; }

    /// <summary>The operating system is told of it.</summary>
    public required bool IsDescribed { get; init; }

    /// <summary>There was no room to tell it, and the console has said so.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>The firmware's view of it; null: not shown.</summary>
    public IAttachedDisk? Attached { get; set; }

    /// <summary>Takes it away from the firmware and closes it.</summary>
    public async Task CloseAsync()
    {
        Attached?.Detach();
        Attached = null;
        await disk.CloseAsync();
    }
}
