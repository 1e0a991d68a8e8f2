using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>A read-only part of an array, of a string or of what a <see cref="MemoryManager{T}"/> owns, that can be
/// stored and cross an await.</summary>
public readonly struct ReadOnlyMemory<T> : IEquatable<ReadOnlyMemory<T>>
{
    private readonly object? _owner;   // T[], MemoryManager<T>, or string when T is char
    private readonly int _start;
    private readonly int _length;

    public ReadOnlyMemory(T[]? array)
    {
        if (array is null) return;
        _owner = array;
        _length = array.Length;
    }

    public ReadOnlyMemory(T[]? array, int start, int length)
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

    internal ReadOnlyMemory(object? owner, int start, int length)
    {
        _owner = owner;
        _start = start;
        _length = length;
    }

    public static ReadOnlyMemory<T> Empty => default;

    public int Length => _length;

    public bool IsEmpty => _length == 0;

    internal object? Owner => _owner;

    internal int Start => _start;

    public ReadOnlySpan<T> Span => new Memory<T>(_owner, _start, _length).Span;

    public static implicit operator ReadOnlyMemory<T>(T[]? array) => new(array);

    public static implicit operator ReadOnlyMemory<T>(ArraySegment<T> segment) =>
        new(segment.Array, segment.Offset, segment.Count);

    public ReadOnlyMemory<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new ReadOnlyMemory<T>(_owner, _start + start, _length - start);
    }

    public ReadOnlyMemory<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length
            || (uint)length > (uint)(_length - start)) ThrowHelper.ArgumentOutOfRange(nameof(start));
        return new ReadOnlyMemory<T>(_owner, _start + start, length);
    }

    public void CopyTo(Memory<T> destination) => Span.CopyTo(destination.Span);

    public bool TryCopyTo(Memory<T> destination) => Span.TryCopyTo(destination.Span);

    public T[] ToArray() => Span.ToArray();

    /// <summary>A pointer to the first element. Nothing ever moves here, so the handle only keeps the owner
    /// reachable.</summary>
    public unsafe MemoryHandle Pin()
    {
        if (_owner is null) return default;
        if (_owner is MemoryManager<T> manager) return manager.Pin(_start);
        return new MemoryHandle(Unsafe.AsPointer(ref MemoryMarshal.GetReference(Span)), _owner);
    }

    public bool Equals(ReadOnlyMemory<T> other) =>
        _owner == other._owner && _start == other._start && _length == other._length;

    public override bool Equals(object? obj) =>
        obj is ReadOnlyMemory<T> other ? Equals(other) : obj is Memory<T> memory && Equals(memory);

    public override int GetHashCode() => _owner is null ? 0
        : HashCode.Combine(RuntimeHelpers.GetHashCode(_owner), _start, _length);

    public override string ToString() => Span.ToString();
}
