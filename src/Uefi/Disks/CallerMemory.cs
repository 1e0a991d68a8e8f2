using System;
using System.Buffers;

namespace Bootlace.Uefi;

/// <summary>The buffer of a request as ordinary memory. One object serves all requests, since a request may allocate
/// nothing; a disk that keeps the memory past its request finds it empty.</summary>
internal sealed unsafe class CallerMemory : MemoryManager<byte>
{
    private byte* _start;
    private int _countBytes;

    /// <summary>Is from now on the memory at <paramref name="start"/>.</summary>
    public Memory<byte> Show(byte* start, int countBytes)
    {
        _start = start;
        _countBytes = countBytes;
        return CreateMemory(countBytes);
    }

    /// <summary>Is nothing any more.</summary>
    public void Hide()
    {
        _start = null;
        _countBytes = 0;
    }

    public override Span<byte> GetSpan() => new(_start, _countBytes);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin() { }

    protected override void Dispose(bool disposing) => Hide();
}
