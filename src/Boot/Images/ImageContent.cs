using System;
using System.Buffers;
using System.Collections.Generic;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>A fetched file in firmware pages, outside the collected heap. A transfer writes it where it stays: one
/// block when the length is known, chunks that grow when it is not.</summary>
/// <param name="firmware">Gives the pages.</param>
/// <param name="outlivesUs">It is to stay when the operating system takes over.</param>
public sealed class ImageContent(IFirmware firmware, bool outlivesUs = false) : IBodyTarget, IDisposable
{
    /// <summary>Longest block; a longer file lies in several.</summary>
    public const int BlockBytesMax = 1 << 30;

    /// <summary>What a file must leave free of the largest block, for the program that is to run.</summary>
    public const ulong ReserveBytes = 16 << 20;

    private const int ChunkBytesMin = 1 << 16;
    private const int ChunkBytesMax = 64 << 20;

    private readonly List<Block> _blocks = [];
    private int _filled;   // index of the block being written

    /// <inheritdoc/>
    public ulong ReceivedBytes { get; private set; }

    /// <inheritdoc/>
    public void Expect(ulong totalBytes)
    {
        ulong room = Capacity();
        if (totalBytes <= room) return;
        ulong missing = totalBytes - room;
        RequireFree(missing, totalBytes);
        while (missing > 0)
        {
            int bytes = (int)ulong.Min(missing, BlockBytesMax);
            Add(bytes);
            missing -= (ulong)bytes;
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetRoom()
    {
        while (_filled < _blocks.Count && _blocks[_filled].Room.Length == 0) _filled++;
        if (_filled == _blocks.Count)
        {
            int bytes = int.Clamp((int)ulong.Min(ReceivedBytes, int.MaxValue), ChunkBytesMin, ChunkBytesMax);
            RequireFree((ulong)bytes, ReceivedBytes + (ulong)bytes);
            Add(bytes);
        }
        return _blocks[_filled].Room;
    }

    /// <inheritdoc/>
    public void Advance(int countBytes)
    {
        _blocks[_filled].Take(countBytes);
        ReceivedBytes += (ulong)countBytes;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        foreach (Block block in _blocks) block.Empty();
        _filled = 0;
        ReceivedBytes = 0;
    }

    /// <summary>The file, piece after piece.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            var pieces = new List<ReadOnlyMemory<byte>>();
            foreach (Block block in _blocks)
            {
                if (block.Written.Length > 0) pieces.Add(block.Written);
            }
            return pieces;
        }
    }

    /// <summary>The first piece, enough to recognise the file by.</summary>
    public ReadOnlySpan<byte> Head => _blocks.Count == 0 ? default : _blocks[0].Written.Span;

    /// <summary>The whole file in one piece; it is moved together if it lies in several.</summary>
    public ReadOnlyMemory<byte> ToContiguous()
    {
        IReadOnlyList<ReadOnlyMemory<byte>> pieces = Pieces;
        if (pieces.Count == 0) return default;
        if (pieces.Count == 1) return pieces[0];
        if (ReceivedBytes > int.MaxValue) throw new BootFailure(ImageFailure.ProgramTooLarge);
        var whole = new Block(firmware.AllocatePages((int)ReceivedBytes, outlivesUs), (int)ReceivedBytes);
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            piece.CopyTo(whole.Room);
            whole.Take(piece.Length);
        }
        Dispose();
        _blocks.Add(whole);
        return whole.Written;
    }

    /// <summary>What lies in one piece from a place on, to be changed there.</summary>
    /// <param name="position">The place, before the file's end.</param>
    public Memory<byte> StretchAt(ulong position)
    {
        foreach (Block block in _blocks)
        {
            if (position < (ulong)block.Written.Length) return block.Change((int)position);
            position -= (ulong)block.Written.Length;
        }
        throw new InvalidOperationException("there is nothing at that place");
    }

    /// <summary>Cuts off the last bytes.</summary>
    public void RemoveEnd(int countBytes)
    {
        Check.That((ulong)countBytes <= ReceivedBytes);
        ReceivedBytes -= (ulong)countBytes;
        for (int i = _blocks.Count - 1; countBytes > 0; i--) countBytes -= _blocks[i].GiveBack(countBytes);
    }

    /// <summary>Writes bytes that are at hand.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            Span<byte> room = GetRoom().Span;
            int count = int.Min(room.Length, bytes.Length);
            bytes.Slice(0, count).CopyTo(room);
            Advance(count);
            bytes = bytes.Slice(count);
        }
    }

    /// <summary>Gives the pages back.</summary>
    public void Dispose()
    {
        foreach (Block block in _blocks) block.Dispose();
        _blocks.Clear();
        _filled = 0;
    }

    private static ulong Mebibytes(ulong bytes) => bytes >> 20;

    /// <summary>Leaves memory for the program that is to run, however long a file turns out to be.</summary>
    private void RequireFree(ulong missingBytes, ulong totalBytes)
    {
        ulong free = firmware.LargestFreeBytes;
        if (missingBytes <= free && free - missingBytes >= ReserveBytes) return;
        throw new BootFailure(
            ImageFailure.NoMemory,
            $"A file of {Mebibytes(totalBytes)} MiB does not fit: the largest free block of memory has "
                + $"{Mebibytes(free)} MiB");
    }

    private ulong Capacity()
    {
        ulong bytes = 0;
        foreach (Block block in _blocks) bytes += (ulong)block.Bytes;
        return bytes;
    }

    private void Add(int bytes) => _blocks.Add(new Block(firmware.AllocatePages(bytes, outlivesUs), bytes));

    /// <summary>Pages with the part that is written in front.</summary>
    private sealed class Block(IMemoryOwner<byte> pages, int bytes)
    {
        private int _written;

        public int Bytes => bytes;
        public Memory<byte> Room => pages.Memory.Slice(_written, bytes - _written);
        public ReadOnlyMemory<byte> Written => pages.Memory.Slice(0, _written);

        public void Take(int countBytes)
        {
            Check.That(countBytes >= 0 && countBytes <= bytes - _written);
            _written += countBytes;
        }

        public Memory<byte> Change(int start) => pages.Memory[start.._written];

        public int GiveBack(int countBytes)
        {
            int count = int.Min(countBytes, _written);
            pages.Memory.Span.Slice(_written - count, count).Clear();
            _written -= count;
            return count;
        }

        public void Empty() => _written = 0;

        public void Dispose() => pages.Dispose();
    }
}
