using System;
using System.Numerics;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Bytes in order, taken from the front, with room behind them where bytes may be put ahead of their turn. Its
/// memory grows with what is really kept.</summary>
internal sealed class ByteRing
{
    private const int CapacityBytesMin = 2048;

    private byte[] _bytes = [];
    private int _head;
    private int _extent;   // behind the furthest byte written, counted from the front

    /// <summary>Bytes in their turn.</summary>
    public int Count { get; private set; }

    /// <summary>Adds bytes behind the last.</summary>
    public void Append(ReadOnlySpan<byte> source)
    {
        Write(Count, source);
        Count += source.Length;
    }

    /// <summary>Puts bytes at a distance from the front; they do not count until <see cref="Extend"/>.</summary>
    public void Write(int offset, ReadOnlySpan<byte> source)
    {
        Check.That(offset >= Count);
        Reserve(offset + source.Length);
        int at = (_head + offset) & (_bytes.Length - 1);
        int first = Math.Min(source.Length, _bytes.Length - at);
        source[..first].CopyTo(_bytes.AsSpan(at));
        source[first..].CopyTo(_bytes);
        _extent = Math.Max(_extent, offset + source.Length);
    }

    /// <summary>Counts bytes that were written ahead.</summary>
    public void Extend(int bytes)
    {
        Check.That(bytes >= 0 && bytes <= _extent - Count);
        Count += bytes;
    }

    /// <summary>Copies bytes out, from a distance from the front.</summary>
    public void CopyTo(int offset, Span<byte> target)
    {
        Check.That(offset >= 0 && target.Length <= Count - offset);
        if (target.Length == 0) return;
        int at = (_head + offset) & (_bytes.Length - 1);
        int first = Math.Min(target.Length, _bytes.Length - at);
        _bytes.AsSpan(at, first).CopyTo(target);
        _bytes.AsSpan(0, target.Length - first).CopyTo(target[first..]);
    }

    /// <summary>Takes bytes off the front.</summary>
    public void Remove(int bytes)
    {
        Check.That(bytes >= 0 && bytes <= Count);
        Count -= bytes;
        Advance(bytes);
    }

    /// <summary>Moves the front of an empty ring on, towards bytes written ahead: what lies between went
    /// elsewhere.</summary>
    public void Skip(int bytes)
    {
        Check.That(Count == 0);
        Advance(bytes);
    }

    private void Advance(int bytes)
    {
        if (_extent <= bytes)
        {
            (_head, _extent) = (0, 0);   // empty: begin at the start again, where the cache is warm
            return;
        }
        _head = (_head + bytes) & (_bytes.Length - 1);
        _extent -= bytes;
    }

    private void Reserve(int bytes)
    {
        if (bytes <= _bytes.Length) return;
        var larger = new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, CapacityBytesMin))];
        int first = Math.Min(_extent, _bytes.Length - _head);
        _bytes.AsSpan(_head, first).CopyTo(larger);
        _bytes.AsSpan(0, _extent - first).CopyTo(larger.AsSpan(first));
        (_bytes, _head) = (larger, 0);
    }
}
