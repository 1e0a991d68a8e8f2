using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A logical unit of a <see cref="ModelIscsiTarget"/>, as large as one likes: only blocks that were written
/// take room, the others hold a pattern made of their number.</summary>
public sealed class ModelLun
{
    private readonly Dictionary<ulong, byte[]> _written = [];

    public int BlockBytes { get; init; } = 512;
    public ulong BlockCount { get; set; } = 1 << 20;
    public byte Kind { get; init; } = InquiryData.Disk;
    public bool IsReadOnly { get; init; }

    /// <summary>The most blocks it takes at once; 0: it has no such page.</summary>
    public uint BlocksMax { get; init; }

    /// <summary>It has a cache that can be flushed.</summary>
    public bool HasCache { get; init; } = true;

    /// <summary>It knows MODE SENSE(6), not only the longer form.</summary>
    public bool KnowsModeSense6 { get; init; } = true;

    /// <summary>What READ CAPACITY answers, where it is not the truth.</summary>
    public byte[]? Capacity10 { get; init; }
    public byte[]? Capacity16 { get; init; }

    /// <summary>Blocks that have been written.</summary>
    public int WrittenBlocks => _written.Count;

    public byte[] Read(ulong firstBlock, uint count)
    {
        byte[] bytes = new byte[count * (uint)BlockBytes];
        for (uint i = 0; i < count; i++) Block(firstBlock + i).CopyTo(bytes, (int)(i * (uint)BlockBytes));
        return bytes;
    }

    public void Write(ulong firstBlock, ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += BlockBytes)
            _written[firstBlock++] = bytes.Slice(at, BlockBytes).ToArray();
    }

    private byte[] Block(ulong number)
    {
        if (_written.TryGetValue(number, out byte[]? block)) return block;
        block = new byte[BlockBytes];
        for (int i = 0; i + 8 <= BlockBytes; i += 8)
            BigEndian.WriteU64(block, i, number * 0x9e37_79b9_7f4a_7c15 + (ulong)i);
        return block;
    }
}
