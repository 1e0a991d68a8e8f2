using System;
using System.Buffers;

namespace Bootlace.Crypto;

/// <summary>Pages where there is no firmware to give any: an array that does not move.</summary>
public sealed unsafe class HeldPages(int countBytes) : MemoryManager<byte>
{
    private const int AlignmentBytes = 16;

    private readonly byte[] _array = GC.AllocateArray<byte>(countBytes + AlignmentBytes, pinned: true);

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new((byte*)Pin().Pointer, countBytes);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        fixed (byte* start = _array)
        {
            nint aligned = ((nint)start + AlignmentBytes - 1) & -AlignmentBytes;
            return new MemoryHandle((byte*)aligned + elementIndex);
        }
    }

    /// <inheritdoc/>
    public override void Unpin() { }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) { }
}
