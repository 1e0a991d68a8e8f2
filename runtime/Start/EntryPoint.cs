using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>What EfiMain in Assembly/ calls, in order: Prepare on the firmware's stack, Run on ours, Release on the
/// firmware's again.</summary>
internal static unsafe class EntryPoint
{
    private const nuint HeapBytesMin = 2 * 1024 * 1024;
    private const nuint HeapGrainBytes = 64 * 1024;

    private static nuint s_heapBytes;
    private static byte* s_heap;

    [RuntimeImport("*", "BootlaceHeapBytes")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void BootlaceHeapBytes();

    [RuntimeImport("*", "BootlaceStackBytes")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void BootlaceStackBytes();

    /// <summary>The application's entry.</summary>
    [RuntimeImport("*", "BootlaceMain")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nuint BootlaceMain(nint imageHandle, nint systemTable);

    /// <summary>Takes the stack and the heap; returns the stack's top, or null if there is no memory.</summary>
    [RuntimeExport("RuntimePrepare")]
    private static byte* Prepare(nint imageHandle, byte* systemTable)
    {
        ImageSections.Rehydrate();
        Firmware.Attach(systemTable);
        nuint stackBytes = *(nuint*)(delegate*<void>)&BootlaceStackBytes;
        byte* stack = Firmware.AllocatePages(stackBytes);
        if (stack == null) return null;
        OwnStack.Take(stack, stackBytes);
        s_heapBytes = *(nuint*)(delegate*<void>)&BootlaceHeapBytes;
        while ((s_heap = Firmware.AllocatePages(s_heapBytes)) == null)
        {
            s_heapBytes = s_heapBytes / 2 & ~(HeapGrainBytes - 1);
            if (s_heapBytes < HeapBytesMin) return null;
        }
        return OwnStack.Top;
    }

    [RuntimeExport("RuntimeRun")]
    private static nuint Run(nint imageHandle, nint systemTable)
    {
        Heap.Create(s_heap, s_heapBytes);
        ImageSections.Initialize();
        HeapObjects.Prepare();
        return BootlaceMain(imageHandle, systemTable);
    }

    [RuntimeExport("RuntimeRelease")]
    private static nuint Release(nuint status)
    {
        Firmware.FreePages(s_heap, s_heapBytes);
        Firmware.FreePages(OwnStack.Bottom, (nuint)(OwnStack.Top - OwnStack.Bottom));
        return status;
    }
}
