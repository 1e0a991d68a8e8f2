using System.Collections;
using System.Collections.Generic;

namespace System;

/// <summary>A part of an array that can be stored.</summary>
public readonly struct ArraySegment<T> : IReadOnlyList<T>, IEquatable<ArraySegment<T>>
{
    public ArraySegment(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        Array = array;
        Count = array.Length;
    }

    public ArraySegment(T[] array, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(array);
        if ((uint)offset > (uint)array.Length || (uint)count > (uint)(array.Length - offset))
            throw new ArgumentException("Offset and length were out of bounds for the array.");
        Array = array;
        Offset = offset;
        Count = count;
    }

    public static ArraySegment<T> Empty => new([]);

    public T[]? Array { get; }

    public int Offset { get; }

    public int Count { get; }

    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count) ThrowHelper.ArgumentOutOfRange(nameof(index));
            return Array![Offset + index];
        }
        set
        {
            if ((uint)index >= (uint)Count) ThrowHelper.ArgumentOutOfRange(nameof(index));
            Array![Offset + index] = value;
        }
    }

    public static implicit operator ArraySegment<T>(T[]? array) => array is null ? default : new ArraySegment<T>(array);

    public static bool operator ==(ArraySegment<T> a, ArraySegment<T> b) => a.Equals(b);

    public static bool operator !=(ArraySegment<T> a, ArraySegment<T> b) => !a.Equals(b);

    public ArraySegment<T> Slice(int index) => Slice(index, Count - index);

    public ArraySegment<T> Slice(int index, int count)
    {
        if (Array is null) throw new InvalidOperationException("The underlying array is null.");
        if ((uint)index > (uint)Count
            || (uint)count > (uint)(Count - index)) ThrowHelper.ArgumentOutOfRange(nameof(index));
        return new ArraySegment<T>(Array, Offset + index, count);
    }

    public T[] ToArray() => new ReadOnlySpan<T>(Array, Offset, Count).ToArray();

    public bool Equals(ArraySegment<T> other) => Array == other.Array && Offset == other.Offset && Count == other.Count;

    public override bool Equals(object? obj) => obj is ArraySegment<T> other && Equals(other);

    public override int GetHashCode() => Array is null ? 0 : Offset * 31 + Count;

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return Array![Offset + i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
