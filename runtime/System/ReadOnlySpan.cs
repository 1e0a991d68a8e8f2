using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>A read-only window on consecutive elements of an array, a string, a stack block or raw memory.</summary>
public readonly ref struct ReadOnlySpan<T>
{
    internal readonly ref T _reference;
    private readonly int _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan(T[]? array)
    {
        if (array is null)
        {
            this = default;
            return;
        }
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan(T[]? array, int start, int length)
    {
        if (array is null)
        {
            if (start != 0 || length != 0) ThrowHelper.ArgumentOutOfRange();
            this = default;
            return;
        }
        if ((uint)start > (uint)array.Length
            || (uint)length > (uint)(array.Length - start)) ThrowHelper.ArgumentOutOfRange();
        _reference = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);
        _length = length;
    }

    public unsafe ReadOnlySpan(void* pointer, int length)
    {
        if (length < 0) ThrowHelper.ArgumentOutOfRange();
        _reference = ref Unsafe.As<byte, T>(ref *(byte*)pointer);
        _length = length;
    }

    public ReadOnlySpan(ref readonly T reference)
    {
        _reference = ref Unsafe.AsRef(in reference);
        _length = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static ReadOnlySpan<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public ref readonly T this[int index]
    {
        [Intrinsic]
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) ThrowHelper.IndexOutOfRange();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator ReadOnlySpan<T>(T[]? array) => new(array);

    public static implicit operator ReadOnlySpan<T>(ArraySegment<T> segment) =>
        new(segment.Array, segment.Offset, segment.Count);

    public static bool operator ==(ReadOnlySpan<T> left, ReadOnlySpan<T> right) =>
        left._length == right._length && Unsafe.AreSame(ref left._reference, ref right._reference);

    public static bool operator !=(ReadOnlySpan<T> left, ReadOnlySpan<T> right) => !(left == right);

    public static ReadOnlySpan<T> CastUp<TDerived>(ReadOnlySpan<TDerived> items) where TDerived : class?, T =>
        new(ref Unsafe.As<TDerived, T>(ref items._reference), items._length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) ThrowHelper.ArgumentOutOfRange();
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start)) ThrowHelper.ArgumentOutOfRange();
        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length) ThrowHelper.DestinationTooShort();
        SpanBlocks.Copy(ref _reference, ref destination._reference, _length);
    }

    public bool TryCopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length) return false;
        SpanBlocks.Copy(ref _reference, ref destination._reference, _length);
        return true;
    }

    public T[] ToArray()
    {
        if (_length == 0) return [];
        var array = new T[_length];
        SpanBlocks.Copy(ref _reference, ref MemoryMarshal.GetArrayDataReference(array), _length);
        return array;
    }

    public ref readonly T GetPinnableReference()
    {
        if (_length != 0) return ref _reference;
        return ref Unsafe.NullRef<T>();
    }

    /// <summary>The text itself for characters; otherwise the element count only, for there are no type names
    /// here.</summary>
    public override string ToString()
    {
        if (typeof(T) == typeof(char)) return new string(new ReadOnlySpan<char>(ref Unsafe.As<T, char>(ref _reference),
            _length));
        return "System.ReadOnlySpan[" + _length.ToString() + "]";
    }

    public Enumerator GetEnumerator() => new(this);

#pragma warning disable CS0809, CS8765   // a span is never boxed, so these can only be mistakes
    [Obsolete("Equals() on ReadOnlySpan will always throw an exception. Use the equality operator instead.")]
    public override bool Equals(object? obj) => throw new NotSupportedException();

    [Obsolete("GetHashCode() on ReadOnlySpan will always throw an exception.")]
    public override int GetHashCode() => throw new NotSupportedException();
#pragma warning restore CS0809, CS8765

    /// <summary>Walks the elements by reference.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<T> _span;
        private int _index;

        internal Enumerator(ReadOnlySpan<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref readonly T Current => ref _span[_index];

        public bool MoveNext()
        {
            int next = _index + 1;
            if (next >= _span.Length) return false;
            _index = next;
            return true;
        }
    }
}
