using System;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>One arena of 16 KiB pages. A page holds cells of one size, or is part of a run that holds one large object.
/// Objects never move. An object begins 8 bytes into its cell, behind its header word; a free cell has a null method
/// table, and its header word links it to the next free one.</summary>
internal static unsafe class Heap
{
    public const int PageShift = 14;
    public const nuint PageBytes = 1 << PageShift;
    public const nuint HeaderBytes = 8;
    /// <summary>No two cells begin in the same 32 bytes, so each of them has one mark byte.</summary>
    public const int MarkShift = 5;
    private const nuint InlineClearBytesMax = 96;

    public static byte* Start;        // of the pages
    public static byte* End;
    public static HeapPage* Pages;
    public static int PageCount;
    public static byte* Marks;
    public static byte** FreeCells;   // one list for each size class
    private static byte* s_classOfGrains;
    private static int s_firstFree;   // no page below is free
    private static int* s_sweepFrom;  // for each size class: none of its pages below needs sweeping
    private static int s_freePageCount;

    // Figures.
    public static nuint ArenaBytes;
    public static ulong AllocationCount;
    public static nuint AllocatedSinceCollection;

    public static int PeakUsedPageCount;

    public static int FreePageCount => s_freePageCount;

    public static nuint UsedBytes => (nuint)(PageCount - s_freePageCount) << PageShift;

    /// <summary>Lays the heap out in memory that may hold anything.</summary>
    public static void Create(byte* arena, nuint bytes)
    {
        ArenaBytes = bytes;
        byte* next = arena;
        FreeCells = (byte**)Take(ref next, SizeClasses.Count * (nuint)sizeof(byte*));
        s_sweepFrom = (int*)Take(ref next, SizeClasses.Count * sizeof(int));
        s_classOfGrains = Take(ref next, SizeClasses.TableBytes);
        SizeClasses.Fill(s_classOfGrains);
        nuint pageCount = bytes >> PageShift;
        Pages = (HeapPage*)Take(ref next, pageCount * (nuint)sizeof(HeapPage));
        Marks = Take(ref next, bytes >> MarkShift);
        Collector.Create(Take(ref next, Collector.PendingBytes));
        Start = (byte*)(((nuint)next + PageBytes - 1) & ~(PageBytes - 1));
        PageCount = (int)((nuint)(arena + bytes - Start) >> PageShift);
        End = Start + ((nuint)PageCount << PageShift);
        s_freePageCount = PageCount;
        FinishSweep();
    }

    /// <summary>A zeroed object of <paramref name="bytes"/> (a multiple of 8, header included); null if there is no
    /// room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Allocate(nuint bytes, MethodTable* type)
    {
        if (bytes > SizeClasses.LargestBytes) return AllocateLarge(bytes, type);
        int sizeClass = s_classOfGrains[SizeClasses.TableIndex(bytes)];
        byte* cell = FreeCells[sizeClass];
        if (cell == null)
        {
            cell = Refill(sizeClass);
            if (cell == null) return null;
        }
        FreeCells[sizeClass] = *(byte**)cell;
        AllocationCount++;
        if (bytes > InlineClearBytesMax) SpanHelpers.ClearWithoutReferences(ref *cell, bytes);
        else for (nuint at = 0; at < bytes; at += 8) *(ulong*)(cell + at) = 0;
        *(MethodTable**)(cell + HeaderBytes) = type;
        return cell + HeaderBytes;
    }

    /// <summary>The cell that an address lies in, if it is an object's; else null. Takes any word for an
    /// address.</summary>
    public static byte* FindCell(nuint address)
    {
        if (address - (nuint)Start >= (nuint)(End - Start)) return null;
        nuint offset = address - (nuint)Start;
        int index = (int)(offset >> PageShift);
        HeapPage* page = Pages + index;
        byte* cell = null;
        if (page->Kind == HeapPage.Small)
        {
            uint cellBytes = SizeClasses.CellBytes(page->SizeClass);
            uint inPage = (uint)(offset & (PageBytes - 1));
            uint cellStart = inPage - inPage % cellBytes;
            if (cellStart + cellBytes > PageBytes) return null;
            cell = PageStart(index) + cellStart;
        }
        else if (page->Kind == HeapPage.Large) cell = PageStart(index);
        else if (page->Kind == HeapPage.Rest) cell = PageStart(index - page->Count);
        else return null;
        return *(MethodTable**)(cell + HeaderBytes) == null ? null : cell;
    }

    public static byte* PageStart(int index) => Start + ((nuint)index << PageShift);

    public static ref byte MarkOf(byte* cell) => ref Marks[(nuint)(cell - Start) >> MarkShift];

    /// <summary>Bytes of an object with its header, before rounding.</summary>
    public static nuint ObjectBytes(byte* target)
    {
        MethodTable* type = *(MethodTable**)target;
        nuint bytes = type->BaseSize;
        return type->HasComponentSize ? bytes + type->ComponentSize * (nuint)(*(uint*)(target + 8)) : bytes;
    }

    /// <summary>After marking: all small pages wait for their sweep, dead large objects go at once.</summary>
    public static void BeginSweep()
    {
        for (int i = 0; i < SizeClasses.Count; i++)
        {
            FreeCells[i] = null;
            s_sweepFrom[i] = 0;
        }
        for (int i = 0; i < PageCount;)
        {
            HeapPage* page = Pages + i;
            if (page->Kind == HeapPage.Small) page->NeedsSweep = true;
            if (page->Kind != HeapPage.Large)
            {
                i++;
                continue;
            }
            int count = page->Count;
            ref byte mark = ref MarkOf(PageStart(i));
            if (mark == 0) ReleasePages(i, count);
            mark = 0;
            i += count;
        }
        AllocatedSinceCollection = 0;
    }

    /// <summary>Sweeps what is left, so that no dead cell looks alive any more.</summary>
    public static void FinishSweep()
    {
        for (int i = 0; i < PageCount; i++)
            if (Pages[i].NeedsSweep) Sweep(i);
        for (int i = 0; i < SizeClasses.Count; i++) s_sweepFrom[i] = PageCount;
    }

    // A free cell of the class, first in its list.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* Refill(int sizeClass)
    {
        if (SweepFor(sizeClass)) return FreeCells[sizeClass];
        if (Collector.IsDue() && Collector.TryCollect() && SweepFor(sizeClass)) return FreeCells[sizeClass];
        int index = TakePages(1);
        if (index < 0)
        {
            FinishSweep();
            index = TakePages(1);
        }
        if (index < 0 && Collector.TryCollect())
        {
            if (SweepFor(sizeClass)) return FreeCells[sizeClass];
            index = TakePages(1);
        }
        if (index < 0) return null;
        Format(index, sizeClass);
        return FreeCells[sizeClass];
    }

    private static bool SweepFor(int sizeClass)
    {
        ref int next = ref s_sweepFrom[sizeClass];
        while (next < PageCount)
        {
            int index = next++;
            if (!Pages[index].NeedsSweep || Pages[index].SizeClass != sizeClass) continue;
            Sweep(index);
            if (FreeCells[sizeClass] != null) return true;
        }
        return false;
    }

    private static void Format(int index, int sizeClass)
    {
        uint cellBytes = SizeClasses.CellBytes(sizeClass);
        byte* first = PageStart(index);
        byte* last = first + PageBytes - cellBytes;
        byte* next = FreeCells[sizeClass];
        for (byte* cell = first + (PageBytes / cellBytes - 1) * cellBytes; cell >= first; cell -= cellBytes)
        {
            *(byte**)cell = next;
            *(MethodTable**)(cell + HeaderBytes) = null;
            next = cell;
        }
        FreeCells[sizeClass] = next;
        Pages[index] = new HeapPage { Kind = HeapPage.Small, SizeClass = (byte)sizeClass };
        AllocatedSinceCollection += PageBytes;
    }

    private static void Sweep(int index)
    {
        HeapPage* page = Pages + index;
        page->NeedsSweep = false;
        int sizeClass = page->SizeClass;
        uint cellBytes = SizeClasses.CellBytes(sizeClass);
        byte* first = PageStart(index);
        byte* before = FreeCells[sizeClass];
        byte* next = before;
        uint freed = 0, alive = 0;
        for (byte* cell = first + (PageBytes / cellBytes - 1) * cellBytes; cell >= first; cell -= cellBytes)
        {
            ref byte mark = ref MarkOf(cell);
            if (mark != 0)
            {
                mark = 0;
                alive++;
                continue;
            }
            *(byte**)cell = next;
            *(MethodTable**)(cell + HeaderBytes) = null;
            next = cell;
            freed++;
        }
        if (alive == 0)
        {
            ReleasePages(index, 1);
            return;
        }
        FreeCells[sizeClass] = next;
        AllocatedSinceCollection += freed * cellBytes;
    }

    private static byte* AllocateLarge(nuint bytes, MethodTable* type)
    {
        if (bytes > (nuint)(End - Start)) return null;
        int count = (int)((bytes + PageBytes - 1) >> PageShift);
        if (Collector.IsDue()) Collector.TryCollect();
        int index = TakePages(count);
        if (index < 0)
        {
            FinishSweep();
            index = TakePages(count);
        }
        if (index < 0 && Collector.TryCollect())
        {
            FinishSweep();
            index = TakePages(count);
        }
        if (index < 0) return null;
        byte* cell = PageStart(index);
        SpanHelpers.ClearWithoutReferences(ref *cell, bytes);
        Pages[index] = new HeapPage { Kind = HeapPage.Large, Count = count };
        for (int i = 1; i < count; i++) Pages[index + i] = new HeapPage { Kind = HeapPage.Rest, Count = i };
        AllocatedSinceCollection += (nuint)count << PageShift;
        AllocationCount++;
        *(MethodTable**)(cell + HeaderBytes) = type;
        return cell + HeaderBytes;
    }

    private static int TakePages(int count)
    {
        if (count > s_freePageCount) return -1;
        while (s_firstFree < PageCount && Pages[s_firstFree].Kind != HeapPage.Free) s_firstFree++;
        int run = 0;
        for (int i = s_firstFree; i < PageCount; i++)
        {
            run = Pages[i].Kind == HeapPage.Free ? run + 1 : 0;
            if (run < count) continue;
            s_freePageCount -= count;
            if (PageCount - s_freePageCount > PeakUsedPageCount) PeakUsedPageCount = PageCount - s_freePageCount;
            return i - count + 1;
        }
        return -1;
    }

    private static void ReleasePages(int index, int count)
    {
        for (int i = index; i < index + count; i++) Pages[i] = default;
        s_freePageCount += count;
        if (index < s_firstFree) s_firstFree = index;
    }

    private static byte* Take(ref byte* next, nuint bytes)
    {
        byte* taken = next;
        next += (bytes + 15) & ~(nuint)15;
        SpanHelpers.ClearWithoutReferences(ref *taken, (nuint)(next - taken));
        return taken;
    }
}
