using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>A part of an array, or of what a <see cref="MemoryManager{T}"/> owns, that can be stored and cross an
/// await.</summary>
public readonly struct Memory<T> : IEquatable<Memory<T>>
{
    private readonly object? _owner;   // T[], MemoryManager<T>, or string when T is char
    private readonly int _start;
    private readonly int _length;

    public Memory(T[]? array)
    {
        if (array is null) return;
        _owner = array;
        _length = array.Length;
    }

    public Memory(T[]? array, int start, int length)
    {
        if (array is null)
        {
            if (start != 0 || length != 0) ThrowHelper.ArgumentOutOfRange();
            return;
        }
        if ((uint)start > (uint)array.Length
            || (uint)length > (uint)(array.Length - start)) ThrowHelper.ArgumentOutOfRange();
        _owner = array;
        _start = start;
        _length = length;
    }

    internal Memory(object? owner, int start, int length)
    {
        _owner = owner;
        _start = start;
        _length = length;
    }

    public static Memory<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    internal object? Owner => _owner;

    internal int Start => _start;

    public Span<T> Span
    {
        get
        {
            if (_owner is null) return default;
            if (_owner is MemoryManager<T> manager) return manager.GetSpan().Slice(_start, _length);
            if (typeof(T) == typeof(char) && _owner is string text)
                return new Span<T>(ref Unsafe.As<char, T>(ref Unsafe.Add(ref text.RawChars, _start)), _length);
            return new Span<T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<T[]>(_owner)), _start),
                _length);
        }
    }

    public static implicit operator Memory<T>(T[]? array) => new(array);

    public static implicit operator Memory<T>(ArraySegment<T> segment) =>
        new(segment.Array, segment.Offset, segment.Count);

    public static implicit operator ReadOnlyMemory<T>(Memory<T> memory) =>
        new(memory._owner, memory._start, memory._length);

    public Memory<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new Memory<T>(_owner, _start + start, _length - start);
    }

    public Memory<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length
            || (uint)length > (uint)(_length - start)) ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new Memory<T>(_owner, _start + start, length);
    }

    public void CopyTo(Memory<T> destination) => Span.CopyTo(destination.Span);

    public bool TryCopyTo(Memory<T> destination) => Span.TryCopyTo(destination.Span);

    public T[] ToArray() => Span.ToArray();

    /// <summary>A pointer to the first element. Nothing ever moves here, so the handle only keeps the owner
    /// reachable.</summary>
    public MemoryHandle Pin() => ((ReadOnlyMemory<T>)this).Pin();

    public bool Equals(Memory<T> other) => _owner == other._owner && _start == other._start && _length == other._length;

    public override bool Equals(object? obj) =>
        obj is Memory<T> other ? Equals(other) : obj is ReadOnlyMemory<T> view && view.Equals(this);

    public override int GetHashCode() => ((ReadOnlyMemory<T>)this).GetHashCode();

    public override string ToString() => Span.ToString();
}
