using System;

namespace Bootlace.Wire;

/// <summary>Where a block of Zstandard writes: no more than a block may, and no match reaches back beyond the frame or
/// its window.</summary>
/// <param name="window">What was written last, and room.</param>
/// <param name="start">Where the room begins.</param>
/// <param name="reach">How far back from there matches may reach.</param>
/// <param name="windowBytes">How far back they may reach at all.</param>
internal ref struct ZstdOutput(Span<byte> window, int start, int reach, int windowBytes)
{
    private readonly Span<byte> _window = window;
    private readonly int _first = start - reach;
    private int _end = start;

    /// <summary>Where what is written ends.</summary>
    public readonly int End => _end;

    /// <summary>Adds literals; false: there is no room.</summary>
    public bool TryAdd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _window.Length - _end) return false;
        bytes.CopyTo(_window[_end..]);
        _end += bytes.Length;
        return true;
    }

    /// <summary>Adds one byte many times; false: there is no room.</summary>
    public bool TryFill(byte value, int count)
    {
        if (count > _window.Length - _end) return false;
        _window.Slice(_end, count).Fill(value);
        _end += count;
        return true;
    }

    /// <summary>Adds a match, which may go on into what it writes; false: there is no room, or nothing that far back.
    /// </summary>
    public bool TryRepeat(uint offset, int length)
    {
        if (offset == 0 || offset > (uint)windowBytes || offset > (uint)(_end - _first)) return false;
        if (length > _window.Length - _end) return false;
        int distance = (int)offset;
        if (distance >= length)
        {
            _window.Slice(_end - distance, length).CopyTo(_window[_end..]);
        }
        else
        {
            Span<byte> target = _window.Slice(_end - distance, distance + length);
            for (int i = distance; i < target.Length; i++) target[i] = target[i - distance];
        }
        _end += length;
        return true;
    }
}
