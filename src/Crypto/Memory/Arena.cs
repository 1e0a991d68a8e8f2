using System;
using System.Buffers;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>The C library's heap, outside the collected one: pages of cells of one size each, runs of pages for what is
/// larger. It grows by chunks up to a bound, and what is given back is cleared at once: it may have been a key. What it
/// knows about its pages lies elsewhere, so that C cannot overwrite it. A handshake is 8000 allocations, which the
/// firmware's pool would answer with a page each.</summary>
public sealed unsafe class Arena : INativeMemory
{
    /// <summary>A page.</summary>
    public const int PageBytes = 4096;

    private const int ChunkPages = 64;
    private const int None = -1;
    private const byte Free0 = 0, RunHead = 254, RunTail = 255, FirstKind = 1;

    private readonly Func<int, IMemoryOwner<byte>> _takePages;
    private readonly int _chunksMax;
    private readonly List<IMemoryOwner<byte>> _owners = [];   // keeps the chunks
    private readonly nint[] _chunks;
    private readonly PageState[] _pages;
    private readonly int[] _partial;   // for each kind, the first page that has a free cell

    /// <summary>An empty arena.</summary>
    /// <param name="takePages">Gives that many bytes that never move, aligned to 16; may throw a BootFailure.</param>
    /// <param name="bytesMax">The most it takes, rounded to chunks of 256 KiB.</param>
    public Arena(Func<int, IMemoryOwner<byte>> takePages, int bytesMax)
    {
        _takePages = takePages;
        _chunksMax = Math.Max(1, bytesMax / (ChunkPages * PageBytes));
        _chunks = new nint[_chunksMax];
        _pages = new PageState[_chunksMax * ChunkPages];
        _partial = new int[CellSizes.Count];
        Array.Fill(_partial, None);
    }

    /// <summary>Bytes in use now, in whole cells and pages.</summary>
    public int UsedBytes { get; private set; }

    /// <summary>The most that were ever in use.</summary>
    public int UsedBytesMost { get; private set; }

    /// <summary>Bytes taken from the firmware.</summary>
    public int TakenBytes => _owners.Count * ChunkPages * PageBytes;

    /// <inheritdoc/>
    public nint TryAllocate(nuint countBytes)
    {
        if (countBytes > ChunkPages * PageBytes) return 0;
        return countBytes <= CellSizes.Max
            ? TryAllocateCell(CellSizes.KindFor((int)countBytes)) : TryAllocateRun(PagesFor((int)countBytes));
    }

    /// <inheritdoc/>
    public void Free(nint block)
    {
        int page = PageOf(block);
        byte kind = page == None ? Free0 : _pages[page].Kind;
        if (kind == RunHead && block == AddressOf(page)) FreeRun(page);
        else if (kind is >= FirstKind and < RunHead) FreeCell(page, block);
        else Fail();
    }

    private static int PagesFor(int countBytes) => (countBytes + PageBytes - 1) / PageBytes;

    // Memory is in disorder: nothing can be trusted to be undone, so it ends here.
    private static void Fail() => Environment.FailFast("The C library gave back memory it does not have.");

    private nint TryAllocateCell(int kind)
    {
        int page = _partial[kind];
        if (page == None && (page = TryTakePages(1)) == None) return 0;
        ref PageState state = ref _pages[page];
        int size = CellSizes.BytesOf(kind), cells = PageBytes / size;
        if (state.Kind == Free0)
        {
            state = new PageState { Kind = (byte)(FirstKind + kind), Previous = None, Next = None };
            _partial[kind] = page;
        }

        int cell = state.FirstFree - 1;
        if (cell < 0) cell = state.Fresh++;
        if (cell >= cells) Fail();
        byte* address = (byte*)AddressOf(page) + cell * size;
        if (state.FirstFree > 0)
        {
            state.FirstFree = *(ushort*)address;
            *(ushort*)address = 0;
        }
        state.Used++;
        if (state.Used == cells) Unlink(page, kind);
        Count(size);
        return (nint)address;
    }

    private void FreeCell(int page, nint block)
    {
        ref PageState state = ref _pages[page];
        int kind = state.Kind - FirstKind, size = CellSizes.BytesOf(kind), cells = PageBytes / size;
        (int cell, int rest) = Math.DivRem((int)(block - AddressOf(page)), size);
        if (rest != 0 || cell >= state.Fresh || state.Used == 0) Fail();
        new Span<byte>((void*)block, size).Clear();
        *(ushort*)block = state.FirstFree;
        state.FirstFree = (ushort)(cell + 1);
        Count(-size);
        if (state.Used == cells) Link(page, kind);
        state.Used--;
        bool isOnlyOne = _partial[kind] == page && state.Next == None;
        if (state.Used > 0 || isOnlyOne) return;   // the only one stays, or it would come and go with every block
        Unlink(page, kind);
        new Span<byte>((void*)AddressOf(page), PageBytes).Clear();
        state = default;
    }

    private nint TryAllocateRun(int count)
    {
        int first = TryTakePages(count);
        if (first == None) return 0;
        _pages[first] = new PageState { Kind = RunHead, Used = (ushort)count };
        for (int i = 1; i < count; i++) _pages[first + i].Kind = RunTail;
        Count(count * PageBytes);
        return AddressOf(first);
    }

    private void FreeRun(int first)
    {
        int count = _pages[first].Used;
        new Span<byte>((void*)AddressOf(first), count * PageBytes).Clear();
        _pages.AsSpan(first, count).Clear();
        Count(-count * PageBytes);
    }

    /// <summary>Finds so many free pages in a row in one chunk, taking another chunk if it has to.</summary>
    private int TryTakePages(int count)
    {
        int found = FindFree(count);
        if (found != None) return found;
        return TryGrow() ? FindFree(count) : None;
    }

    private int FindFree(int count)
    {
        for (int chunk = 0; chunk < _owners.Count; chunk++)
        {
            int run = 0;
            for (int page = chunk * ChunkPages; page < (chunk + 1) * ChunkPages; page++)
            {
                run = _pages[page].Kind == Free0 ? run + 1 : 0;
                if (run == count) return page - count + 1;
            }
        }
        return None;
    }

    private bool TryGrow()
    {
        if (_owners.Count == _chunksMax) return false;
        IMemoryOwner<byte> owner;
        try
        {
            owner = _takePages(ChunkPages * PageBytes);
        }
        catch (BootFailure)
        {
            return false;
        }
        owner.Memory.Span.Clear();
        _chunks[_owners.Count] = (nint)owner.Memory.Pin().Pointer;
        _owners.Add(owner);
        return true;
    }

    private nint AddressOf(int page) => _chunks[page / ChunkPages] + page % ChunkPages * PageBytes;

    private int PageOf(nint block)
    {
        for (int chunk = 0; chunk < _owners.Count; chunk++)
        {
            nint offset = block - _chunks[chunk];
            if (offset is >= 0 and < ChunkPages * PageBytes) return chunk * ChunkPages + (int)offset / PageBytes;
        }
        return None;
    }

    private void Link(int page, int kind)
    {
        int next = _partial[kind];
        _pages[page].Previous = None;
        _pages[page].Next = next;
        if (next != None) _pages[next].Previous = page;
        _partial[kind] = page;
    }

    private void Unlink(int page, int kind)
    {
        (int previous, int next) = (_pages[page].Previous, _pages[page].Next);
        if (previous == None) _partial[kind] = next;
        else _pages[previous].Next = next;
        if (next != None) _pages[next].Previous = previous;
    }

    private void Count(int bytes)
    {
        UsedBytes += bytes;
        UsedBytesMost = Math.Max(UsedBytesMost, UsedBytes);
    }

    private struct PageState
    {
        public int Previous, Next;   // among the pages of its kind that have a free cell
        public ushort Used;          // cells, or the pages of a run
        public ushort Fresh;         // cells that were ever in use; those behind are still zero
        public ushort FirstFree;     // cell number + 1; a free cell begins with the next one's
        public byte Kind;
    }
}
