using System;
using System.Buffers;

namespace Bootlace.Uefi;

/// <summary>Whole pages of the firmware as ordinary memory: big images live here, outside the collected heap.</summary>
internal sealed unsafe class FirmwarePages : MemoryManager<byte>
{
    private readonly Services _services;
    private readonly int _countBytes;
    private byte* _pages;

    public FirmwarePages(Services services, int countBytes, uint type)
    {
        _services = services;
        _countBytes = countBytes;
        _pages = services.AllocatePages((nuint)Math.Max(countBytes, 1), type);
    }

    public override Span<byte> GetSpan() => _pages == null ? default : new Span<byte>(_pages, _countBytes);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_pages + elementIndex);

    public override void Unpin() { }

    protected override void Dispose(bool disposing)
    {
        if (_pages != null) _services.FreePages(_pages, (nuint)Math.Max(_countBytes, 1));
        _pages = null;
    }
}
