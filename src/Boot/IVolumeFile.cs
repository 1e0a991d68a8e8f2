using System;

namespace Bootlace.Boot;

/// <summary>A file of one of the firmware's volumes, read from its start to its end. Disposing closes it.</summary>
public interface IVolumeFile : IDisposable
{
    /// <summary>Its whole length.</summary>
    ulong LengthBytes { get; }

    /// <summary>Reads the next bytes, at least one, into <paramref name="target"/>; 0 when all have been read. Throws a
    /// BootFailure when the volume fails or the file ends before its length.</summary>
    int Read(Span<byte> target);
}
