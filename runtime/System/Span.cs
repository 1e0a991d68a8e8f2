using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>A writable window on consecutive elements of an array, a stack block or raw memory.</summary>
public readonly ref struct Span<T>
{
    internal readonly ref T _reference;
    private readonly int _length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span(T[]? array)
    {
        if (array is null)
        {
            this = default;
            return;
        }
        if (!typeof(T).IsValueType) ThrowUnlessExact(array);
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span(T[]? array, int start, int length)
    {
        if (array is null)
        {
            if (start != 0 || length != 0) ThrowHelper.ArgumentOutOfRange();
            this = default;
            return;
        }
        if (!typeof(T).IsValueType) ThrowUnlessExact(array);
        if ((uint)start > (uint)array.Length
            || (uint)length > (uint)(array.Length - start)) ThrowHelper.ArgumentOutOfRange();
        _reference = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);
        _length = length;
    }

    public unsafe Span(void* pointer, int length)
    {
        if (length < 0) ThrowHelper.ArgumentOutOfRange();
        _reference = ref Unsafe.As<byte, T>(ref *(byte*)pointer);
        _length = length;
    }

    public Span(ref T reference)
    {
        _reference = ref reference;
        _length = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public static Span<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    public ref T this[int index]
    {
        [Intrinsic]
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) ThrowHelper.IndexOutOfRange();
            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public static implicit operator Span<T>(T[]? array) => new(array);

    public static implicit operator Span<T>(ArraySegment<T> segment) =>
        new(segment.Array, segment.Offset, segment.Count);

    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(ref span._reference, span._length);

    public static bool operator ==(Span<T> left, Span<T> right) =>
        left._length == right._length && Unsafe.AreSame(ref left._reference, ref right._reference);

    public static bool operator !=(Span<T> left, Span<T> right) => !(left == right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) ThrowHelper.ArgumentOutOfRange();
        return new Span<T>(ref Unsafe.Add(ref _reference, start), _length - start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start)) ThrowHelper.ArgumentOutOfRange();
        return new Span<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public void CopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination._length) ThrowHelper.DestinationTooShort();
        SpanBlocks.Copy(ref _reference, ref destination._reference, _length);
    }

    public bool TryCopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination._length) return false;
        SpanBlocks.Copy(ref _reference, ref destination._reference, _length);
        return true;
    }

    public void Clear() => SpanBlocks.Clear(ref _reference, _length);

    public void Fill(T value) => SpanBlocks.Fill(ref _reference, _length, value);

    public T[] ToArray() => ((ReadOnlySpan<T>)this).ToArray();

    public ref T GetPinnableReference()
    {
        if (_length != 0) return ref _reference;
        return ref Unsafe.NullRef<T>();
    }

    public override string ToString() => ((ReadOnlySpan<T>)this).ToString();

    public Enumerator GetEnumerator() => new(this);

#pragma warning disable CS0809, CS8765   // a span is never boxed, so these can only be mistakes
    [Obsolete("Equals() on Span will always throw an exception. Use the equality operator instead.")]
    public override bool Equals(object? obj) => throw new NotSupportedException();

    [Obsolete("GetHashCode() on Span will always throw an exception.")]
    public override int GetHashCode() => throw new NotSupportedException();
#pragma warning restore CS0809, CS8765

    // Writing through a span checks no types, so it may not be laid over an array of something narrower.
    private static void ThrowUnlessExact(T[] array)
    {
        if (array.GetType() != typeof(T[])) throw new ArrayTypeMismatchException();
    }

    /// <summary>Walks the elements by reference.</summary>
    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        public ref T Current => ref _span[_index];

        public bool MoveNext()
        {
            int next = _index + 1;
            if (next >= _span.Length) return false;
            _index = next;
            return true;
        }
    }
}
