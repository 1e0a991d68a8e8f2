using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System;

public abstract unsafe partial class Array
{
    /// <summary>Longest array of anything.</summary>
    public static int MaxLength => 0x7fff_ffc7;

    public static T[] Empty<T>() => EmptyArray<T>.Value;

    public static void Copy(Array sourceArray, Array destinationArray, int length) =>
        Copy(sourceArray, 0, destinationArray, 0, length);

    public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex,
        int length)
    {
        ArgumentNullException.ThrowIfNull(sourceArray);
        ArgumentNullException.ThrowIfNull(destinationArray);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(sourceIndex);
        ArgumentOutOfRangeException.ThrowIfNegative(destinationIndex);
        if (sourceIndex > sourceArray.Length - length) throw new ArgumentException("Source array was not long enough.",
            nameof(sourceArray));
        if (destinationIndex > destinationArray.Length - length)
            throw new ArgumentException("Destination array was not long enough.", nameof(destinationArray));
        if (sourceArray.m_pEEType != destinationArray.m_pEEType)
        {
            CopyChecked(sourceArray, sourceIndex, destinationArray, destinationIndex, length);
            return;
        }
        nuint size = sourceArray.ElementBytes;
        SpanHelpers.Memmove(
            ref Unsafe.AddByteOffset(ref destinationArray.RawElements, (nuint)(uint)destinationIndex * size),
            ref Unsafe.AddByteOffset(ref sourceArray.RawElements, (nuint)(uint)sourceIndex * size),
                (nuint)(uint)length * size);
    }

    public void CopyTo(Array array, int index) => Copy(this, 0, array, index, Length);

    public static void Clear(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        SpanHelpers.ClearWithoutReferences(ref array.RawElements, (nuint)(uint)array.Length * array.ElementBytes);
    }

    public static void Clear(Array array, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)index > (uint)array.Length
            || (uint)length > (uint)(array.Length - index)) ThrowHelper.IndexOutOfRange();
        nuint size = array.ElementBytes;
        SpanHelpers.ClearWithoutReferences(ref Unsafe.AddByteOffset(ref array.RawElements, (nuint)(uint)index * size),
            (nuint)(uint)length * size);
    }

    public static void Resize<T>([NotNull] ref T[]? array, int newSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newSize);
        if (array is null)
        {
            array = new T[newSize];
            return;
        }
        if (array.Length == newSize) return;
        var resized = new T[newSize];
        Copy(array, resized, Math.Min(newSize, array.Length));
        array = resized;
    }

    // Arrays of different types: references may be copied where every one of them fits; of value types nothing is
    // converted.
    private static void CopyChecked(Array source, int sourceIndex, Array target, int targetIndex, int length)
    {
        if (source.ElementMethodTable->IsValueType || target.ElementMethodTable->IsValueType)
            throw new ArrayTypeMismatchException();
        object?[] from = Unsafe.As<object?[]>(source), to = Unsafe.As<object?[]>(target);
        for (int i = 0; i < length; i++) to[targetIndex + i] = from[sourceIndex + i];
    }

    private static class EmptyArray<T>
    {
#pragma warning disable CA1825   // this is where the empty array comes from
        public static readonly T[] Value = new T[0];
#pragma warning restore CA1825
    }
}
