using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>Objects on the heap: what `new` compiles to.</summary>
internal static unsafe class HeapObjects
{
    private const nuint LengthMax = 0x7fff_ffff;

    private static OutOfMemoryException? s_lastResort;

    /// <summary>Keeps one exception for the day when not even that can be allocated.</summary>
    public static void Prepare() => s_lastResort = new OutOfMemoryException();

    [RuntimeExport("RhpNewFast")]
    public static object New(MethodTable* type)
    {
        byte* target = Heap.Allocate(type->BaseSize, type);
        if (target == null) throw OutOfMemory();
        return *(object*)&target;
    }

    [RuntimeExport("RhpNewFinalizable")]
    private static object NewFinalizable(MethodTable* type) => New(type);

    [RuntimeExport("RhpNewArrayFast")]
    public static Array NewArray(MethodTable* type, nint length)
    {
        if ((nuint)length > LengthMax) throw new OverflowException();
        nuint bytes = (type->BaseSize + (nuint)length * type->ComponentSize + 7) & ~(nuint)7;
        byte* target = Heap.Allocate(bytes, type);
        if (target == null) throw OutOfMemory();
        *(int*)(target + 8) = (int)length;
        return *(Array*)&target;
    }

    [RuntimeExport("RhpNewPtrArrayFast")]
    private static Array NewReferenceArray(MethodTable* type, nint length) => NewArray(type, length);

    /// <summary>A string of zeros.</summary>
    public static string NewString(int length)
    {
        if (length == 0) return "";
        return Unsafe.As<string>(NewArray(MethodTable.Of<string>(), length));
    }

    /// <summary>Another object with the same contents.</summary>
    public static object Clone(object source)
    {
        MethodTable* type = source.m_pEEType;
        nuint bytes = Heap.ObjectBytes(*(byte**)&source);
        byte* target = Heap.Allocate((bytes + 7) & ~(nuint)7, type);
        if (target == null) throw OutOfMemory();
        SpanHelpers.Memmove(ref *(target + sizeof(nint)), ref source.RawData, bytes - MethodTable.ObjectOverhead);
        return *(object*)&target;
    }

    // The room that was missing was a large one, as a rule: there is enough for the exception.
    private static OutOfMemoryException OutOfMemory()
    {
        MethodTable* type = MethodTable.Of<OutOfMemoryException>();
        return Heap.Allocate(type->BaseSize, type) == null && s_lastResort is not null
            ? s_lastResort
            : new OutOfMemoryException();
    }
}
