using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Internal.Runtime;

/// <summary>Finds what is alive: from the words of our own stack, which are only believed to be references, and from
/// the statics and the frozen objects, which are known to be. The heap sweeps what is left.</summary>
internal static unsafe class Collector
{
    private const int PendingMax = 8192;
    private const nuint DueBytesMin = 2 * 1024 * 1024;

    /// <summary>Room for the list of marked objects whose references wait to be followed.</summary>
    public const nuint PendingBytes = PendingMax * 8;

    private static byte** s_pending;
    private static int s_pendingCount;
    private static bool s_overflowed;   // some marked objects are not on the list
    private static nuint s_liveBytes;
    private static bool s_running;

    // Figures.
    public static int CollectionCount;
    public static nuint PeakLiveBytes;
    public static nuint LiveBytes => s_liveBytes;

    [RuntimeImport("*", "WithSpilledRegisters")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void WithSpilledRegisters(delegate* unmanaged<nuint, void> action);

    [RuntimeImport("*", "StackPointer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nuint StackPointer();

    public static void Create(byte* pending) => s_pending = (byte**)pending;

    /// <summary>True once as much has been allocated as was alive the last time, and at least an eighth of the arena.
    /// </summary>
    public static bool IsDue()
    {
        nuint due = Heap.ArenaBytes / 8;
        if (due < s_liveBytes / 2) due = s_liveBytes / 2;
        if (due < DueBytesMin) due = DueBytesMin;
        return Heap.AllocatedSinceCollection >= due;
    }

    /// <summary>Collects, unless firmware called us on a stack whose bounds we do not know.</summary>
    public static bool TryCollect()
    {
        if (s_running || !OwnStack.Contains(StackPointer())) return false;
        OwnStack.Check();
        s_running = true;
        WithSpilledRegisters(&CollectFrom);
        s_running = false;
        return true;
    }

    [UnmanagedCallersOnly]
    private static void CollectFrom(nuint stackPointer)
    {
        Heap.FinishSweep();
        s_liveBytes = 0;
        MarkStack((nuint*)stackPointer, (nuint*)OwnStack.Top);
        MarkStatics();
        MarkFrozen();
        while (s_overflowed) MarkAgain();
        CollectionCount++;
        if (s_liveBytes > PeakLiveBytes) PeakLiveBytes = s_liveBytes;
        Heap.BeginSweep();
    }

    private static void MarkStack(nuint* from, nuint* to)
    {
        for (; from < to; from++)
        {
            byte* cell = Heap.FindCell(*from);
            if (cell == null) continue;
            Mark(cell);
            FollowPending();
        }
    }

    private static void MarkStatics()
    {
        ImageSections.FindStatics(out int* entry, out int* end);
        for (; entry < end; entry++)
        {
            MarkReference(*(byte**)ImageSections.Target(entry));
            FollowPending();
        }
    }

    private static void MarkFrozen()
    {
        ImageSections.FindFrozen(out byte* start, out byte* end);
        for (byte* target = start + Heap.HeaderBytes; target < end;)
        {
            if (*(MethodTable**)target == null) break;
            MarkReferencesOf(target);
            FollowPending();
            target += (Heap.ObjectBytes(target) + 7) & ~(nuint)7;
        }
    }

    // The list was too short: go over all that is marked once more.
    private static void MarkAgain()
    {
        s_overflowed = false;
        for (int i = 0; i < Heap.PageCount; i++)
        {
            HeapPage* page = Heap.Pages + i;
            if (page->Kind is not (HeapPage.Small or HeapPage.Large)) continue;
            uint cellBytes = page->Kind == HeapPage.Large
                ? (uint)Heap.PageBytes
                : SizeClasses.CellBytes(page->SizeClass);
            byte* last = Heap.PageStart(i) + Heap.PageBytes - cellBytes;
            for (byte* cell = Heap.PageStart(i); cell <= last; cell += cellBytes)
            {
                if (Heap.MarkOf(cell) == 0) continue;
                MarkReferencesOf(cell + Heap.HeaderBytes);
                FollowPending();
            }
        }
    }

    private static void FollowPending()
    {
        while (s_pendingCount > 0) MarkReferencesOf(s_pending[--s_pendingCount]);
    }

    // Heap fields hold references to objects of the heap, to frozen ones, or null.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MarkReference(byte* target)
    {
        if ((nuint)target - (nuint)Heap.Start >= (nuint)(Heap.End - Heap.Start)) return;
        Mark(target - Heap.HeaderBytes);
    }

    private static void Mark(byte* cell)
    {
        ref byte mark = ref Heap.MarkOf(cell);
        if (mark != 0) return;
        mark = 1;
        byte* target = cell + Heap.HeaderBytes;
        s_liveBytes += Heap.ObjectBytes(target);
        if (!(*(MethodTable**)target)->HasReferences) return;
        if (s_pendingCount == PendingMax) s_overflowed = true;
        else s_pending[s_pendingCount++] = target;
    }

    // Below the method table: a count, then for each run of references { bytes less the object's size, start }; or, for
    // arrays of structs, a negative count, the start, and then { skip, references } over and over.
    private static void MarkReferencesOf(byte* target)
    {
        MethodTable* type = *(MethodTable**)target;
        if (!type->HasReferences) return;
        nint count = ((nint*)type)[-1];
        if (count > 0)
        {
            nuint objectBytes = Heap.ObjectBytes(target);
            for (nint* run = (nint*)type - 2; count > 0; count--, run -= 2)
            {
                var field = (byte**)(target + run[0]);
                var end = (byte**)((byte*)field + run[-1] + (nint)objectBytes);
                for (; field < end; field++) MarkReference(*field);
            }
            return;
        }
        byte* at = target + ((nint*)type)[-2];
        byte* last = target + Heap.ObjectBytes(target) - Heap.HeaderBytes;
        while (at < last)
        {
            uint* item = (uint*)type - 6;
            for (nint i = count; i < 0; i++, item -= 2)
            {
                for (uint references = item[0]; references > 0; references--, at += sizeof(nint))
                    MarkReference(*(byte**)at);
                at += item[1];
            }
        }
    }
}
