using System;
using System.Numerics;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The memory of a <see cref="CachedDisk"/>: slots of one line each, and which line of the disk lies in which
/// slot. A line is a power of two of blocks that begins at a multiple of its size. Slots are taken in rings, so that
/// lines read together lie together; the first quarter is a ring of its own for what is read here and there (partition
/// tables, directories), lest a large file push it out.</summary>
internal sealed class CacheLines
{
    private const int LineBytesUsual = 32 * 1024, LineBytesMax = 64 * 1024;
    private const int SlotsMin = 8;

    /// <summary>So many runs may be on their way into their slots at once. As the ring may leave out a run's length
    /// where it begins anew, it holds two more.</summary>
    public const int RunsMax = 4;
    private const int None = -1;

    private readonly Memory<byte> _pages;
    private readonly int _blockBytes;
    private readonly int _lineShift;       // log2 of blocks a line
    private readonly ulong _blockCount;
    private readonly int[] _firstOf;       // bucket -> slot
    private readonly int[] _nextOf;        // slot -> slot of the same bucket
    private readonly ulong[] _lineOf;
    private readonly bool[] _isMapped;
    private readonly bool[] _isUsed;
    private readonly int _tableSlots;
    private int _tableHand;
    private int _streamHand;

    public CacheLines(Memory<byte> pages, DiskGeometry disk)
    {
        Check.That(disk.BlockBytes > 0 && pages.Length / disk.BlockBytes >= SlotsMin);
        _blockBytes = disk.BlockBytes;
        _blockCount = disk.BlockCount;
        ulong optimalBytes = (ulong)disk.OptimalBlocks * (uint)disk.BlockBytes;
        int wishedBytes = (int)Math.Clamp(optimalBytes, LineBytesUsual, LineBytesMax);
        int lineBytesMax = Math.Min(wishedBytes, pages.Length / SlotsMin);
        LineBytes = Math.Max(disk.BlockBytes, 1 << BitOperations.Log2((uint)lineBytesMax));
        _lineShift = BitOperations.Log2((uint)(LineBytes / _blockBytes));
        int slots = pages.Length / LineBytes;
        _pages = pages[..(slots * LineBytes)];
        _tableSlots = slots / 4;
        _streamHand = _tableSlots;
        RunLinesMax = (slots - _tableSlots) / (RunsMax + 2);
        _firstOf = new int[(int)BitOperations.RoundUpToPowerOf2((uint)slots)];
        _firstOf.AsSpan().Fill(None);
        _nextOf = new int[slots];
        _lineOf = new ulong[slots];
        _isMapped = new bool[slots];
        _isUsed = new bool[slots];
    }

    /// <summary>Bytes of a line.</summary>
    public int LineBytes { get; }

    /// <summary>So many lines can be read at once.</summary>
    public int RunLinesMax { get; }

    /// <summary>The line behind the disk's last.</summary>
    public ulong End => LineOf(_blockCount - 1) + 1;

    /// <summary>The line a block lies in.</summary>
    public ulong LineOf(ulong block) => block >> _lineShift;

    /// <summary>A line's first block.</summary>
    public ulong FirstBlock(ulong line) => line << _lineShift;

    /// <summary>Whether the line is here.</summary>
    public bool Has(ulong line) => Find(line) != None;

    /// <summary>Copies blocks from <paramref name="block"/> on until the target is full or a line is missing; returns
    /// the bytes copied.</summary>
    public int Copy(ulong block, Span<byte> target)
    {
        int done = 0;
        while (done < target.Length)
        {
            int slot = Find(LineOf(block));
            if (slot == None) break;
            _isUsed[slot] = true;
            Span<byte> part = PartFrom(slot, block, target.Length - done);
            part.CopyTo(target[done..]);
            done += part.Length;
            block += (uint)(part.Length / _blockBytes);
        }
        return done;
    }

    /// <summary>Brings the lines that are here up to date with what was written from <paramref name="block"/>
    /// on.</summary>
    public void Update(ulong block, ReadOnlySpan<byte> source)
    {
        for (int done = 0; done < source.Length;)
        {
            int slot = Find(LineOf(block));
            int countBytes = Math.Min(source.Length - done, LineBytes - OffsetInLine(block));
            if (slot != None) source.Slice(done, countBytes).CopyTo(PartFrom(slot, block, countBytes));
            done += countBytes;
            block += (uint)(countBytes / _blockBytes);
        }
    }

    /// <summary>Forgets the lines that the blocks lie in.</summary>
    public void Drop(ulong block, int countBytes)
    {
        ulong last = LineOf(block + (uint)(countBytes / _blockBytes) - 1);
        for (ulong line = LineOf(block); line <= last; line++)
        {
            int slot = Find(line);
            if (slot != None) Unmap(slot);
        }
    }

    /// <summary>The lines from <paramref name="line"/> on that are neither here nor behind the end of the disk, at most
    /// <paramref name="max"/>.</summary>
    public int CountMissing(ulong line, int max)
    {
        ulong end = End;
        int count = 0;
        while (count < max && line + (uint)count < end && Find(line + (uint)count) == None) count++;
        return count;
    }

    /// <summary>Frees neighbouring slots, at most <see cref="RunLinesMax"/>, and returns the first. They stay empty
    /// until <see cref="Map"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isStream">Whether they are for something read in order.</param>
    public int TakeSlots(int count, bool isStream)
    {
        Check.That(count > 0 && count <= RunLinesMax);
        if (!isStream && count <= _tableSlots) return TakeTableSlots(count);
        if (_lineOf.Length - _streamHand < count) _streamHand = _tableSlots;
        int first = _streamHand;
        _streamHand += count;
        Free(first, count);
        return first;
    }

    /// <summary>The memory of those slots, for lines from <paramref name="line"/> on: shorter where the disk
    /// ends.</summary>
    public Memory<byte> MemoryOf(int slot, ulong line, int count)
    {
        ulong blocks = Math.Min((ulong)count << _lineShift, _blockCount - FirstBlock(line));
        return _pages.Slice(slot * LineBytes, (int)blocks * _blockBytes);
    }

    /// <summary>The slots have been filled with the lines from <paramref name="line"/> on.</summary>
    public void Map(int slot, ulong line, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ref int first = ref _firstOf[Bucket(line + (uint)i)];
            _lineOf[slot + i] = line + (uint)i;
            _isMapped[slot + i] = true;
            _isUsed[slot + i] = false;
            _nextOf[slot + i] = first;
            first = slot + i;
        }
    }

    /// <summary>The next slots nobody has used since the hand last came by.</summary>
    private int TakeTableSlots(int count)
    {
        for (int tries = 2 * _tableSlots; ; tries--)
        {
            if (_tableSlots - _tableHand < count) _tableHand = 0;
            Span<bool> used = _isUsed.AsSpan(_tableHand, count);
            if (tries == 0 || !used.Contains(true)) break;
            used[0] = false;
            _tableHand++;
        }
        int first = _tableHand;
        _tableHand += count;
        Free(first, count);
        return first;
    }

    private void Free(int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (_isMapped[i]) Unmap(i);
        }
    }

    private void Unmap(int slot)
    {
        ref int link = ref _firstOf[Bucket(_lineOf[slot])];
        while (link != slot) link = ref _nextOf[link];
        link = _nextOf[slot];
        _isMapped[slot] = false;
        _isUsed[slot] = false;
    }

    private int Find(ulong line)
    {
        int slot = _firstOf[Bucket(line)];
        while (slot != None && _lineOf[slot] != line) slot = _nextOf[slot];
        return slot;
    }

    private int Bucket(ulong line) => (int)(line & (uint)(_firstOf.Length - 1));

    private int OffsetInLine(ulong block) => (int)(block - FirstBlock(LineOf(block))) * _blockBytes;

    private Span<byte> PartFrom(int slot, ulong block, int bytesMax)
    {
        int offset = OffsetInLine(block);
        return _pages.Span.Slice(slot * LineBytes + offset, Math.Min(bytesMax, LineBytes - offset));
    }
}
