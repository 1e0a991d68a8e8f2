using System;

namespace Bootlace.Wire;

/// <summary>Reads a compressed file, a part at a time.</summary>
/// <param name="file">All of it.</param>
public abstract class Decompressor(ReadOnlyMemory<byte> file)
{
    /// <summary>The least room that <see cref="TryRead"/> can do with.</summary>
    public const int RoomBytesMin = 128 * 1024;

    /// <summary>How many of the bytes written last have to stay in front of the room for the next.</summary>
    public abstract int WindowBytes { get; }

    /// <summary>How long it gets, where the file says so; it may lie.</summary>
    public virtual ulong? SizeBytes => null;

    /// <summary>All has been read, and what the file says of itself is true.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>The compressed bytes.</summary>
    protected ReadOnlyMemory<byte> File { get; } = file;

    /// <summary>Reads on.</summary>
    /// <param name="window">Begins with what was written last, <see cref="WindowBytes"/> of it or all; behind that
    /// there is room for <see cref="RoomBytesMin"/> or more.</param>
    /// <param name="start">Where the room begins.</param>
    /// <param name="end">Where it begins now.</param>
    /// <param name="error">What is wrong with the file.</param>
    /// <returns>Whether the file is good so far. Each call gets on with it, though not always by writing something.
    /// </returns>
    public abstract bool TryRead(Span<byte> window, int start, out int end, out ParseError error);
}
