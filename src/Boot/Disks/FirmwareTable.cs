using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>The iBFT: the operating system's knowledge of the drives (spec/ipxe-compat.md 6.8). It is in place while
/// there is a drive to describe.</summary>
internal sealed class FirmwareTable
{
    private IDisposable? _installed;

    /// <summary>Describes these drives, in the place of those before.</summary>
    public void Update(IReadOnlyList<SanDrive> drives)
    {
        _installed?.Dispose();
        _installed = null;
        var described = new List<SanDrive>(drives.Count);
        foreach (SanDrive drive in drives)
        {
            if (drive is { IsDescribed: true, Disk.Iscsi: not null, Route: not null }) described.Add(drive);
        }
        if (described.Count == 0) return;
    }
}
