using System;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.San;

/// <summary>A disk: blocks that are read and written whole. Failures of the disk are BootFailures, cancellation is an
/// OperationCanceledException. In steady state a request allocates nothing on the collected heap.</summary>
public interface IBlockDevice
{
    /// <summary>Its size and habits; fixed while it is open.</summary>
    DiskGeometry Geometry { get; }

    /// <summary>So many requests may be under way at a time; they are begun in the order they came. A request is over
    /// when its outcome has been looked at.</summary>
    int RequestsMax { get; }

    /// <summary>Reads whole blocks from <paramref name="firstBlock"/> on; the target's length is a multiple of the
    /// block size and lies inside the disk.</summary>
    ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop);

    /// <summary>Writes whole blocks; complete when the disk has them.</summary>
    ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop);

    /// <summary>Returns when everything written is on stable storage.</summary>
    ValueTask FlushAsync(CancellationToken stop);

    /// <summary>Ends it in good order as far as that works in a short time; harmless when it has ended.</summary>
    ValueTask CloseAsync();
}
