using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A disk image with a GUID partition table, its backup at the end (UEFI specification, 5.3). The same
/// partitions give the same bytes.</summary>
public sealed class GptDisk
{
    /// <summary>Where the first partition begins, in bytes: at 1 MiB, as everybody does.</summary>
    public const long FirstPartitionOffset = Alignment;

    private const int Alignment = 1 << 20;
    private const int EntryCount = 128;
    private const int EntryBytes = 128;
    private const int HeaderBytes = 92;
    private const int NameCharsMax = 36;
    private static readonly Guid s_disk = new("b0071ace-0000-4000-8000-000000000001");

    private readonly FileStream _disk;
    private readonly byte[] _entries = new byte[EntryCount * EntryBytes];
    private readonly int _blockBytes;

    private GptDisk(FileStream disk, int blockBytes) => (_disk, _blockBytes) = (disk, blockBytes);

    private int EntryBlocks => _entries.Length / _blockBytes;

    /// <summary>Makes the image.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="partitions">What is on it, in this order.</param>
    /// <exception cref="ArgumentException">There are too many partitions, or a name is too long.</exception>
    public static void Create(string path, params IReadOnlyList<GptPartition> partitions) =>
        Create(path, bytesMin: 0, partitions);

    /// <summary>Makes an image with unused space behind the partitions, or for a disk with large blocks.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="bytesMin">How long it is at least.</param>
    /// <param name="partitions">What is on it, in this order.</param>
    /// <param name="blockBytes">Bytes in a block of the disk that the image is for: 512 or 4096.</param>
    public static void Create(
        string path, long bytesMin, IReadOnlyList<GptPartition> partitions, int blockBytes = 512)
    {
        if (partitions.Count > EntryCount || partitions.Any(it => it.Name.Length > NameCharsMax))
            throw new ArgumentException("more than a GUID partition table holds", nameof(partitions));

        using FileStream disk = File.Create(path);
        new GptDisk(disk, blockBytes).Write(bytesMin, partitions);
    }

    private void Write(long bytesMin, IReadOnlyList<GptPartition> partitions)
    {
        long offset = FirstPartitionOffset;
        for (int i = 0; i < partitions.Count; i++)
        {
            using FileStream content = File.OpenRead(partitions[i].Content);
            _disk.Position = offset;
            content.CopyTo(_disk);
            WriteEntry(_entries.AsSpan(i * EntryBytes, EntryBytes), partitions[i], i, offset, content.Length);
            offset = (offset + content.Length + Alignment - 1) / Alignment * Alignment;
        }

        long blocks = Math.Max(bytesMin, offset + Alignment) / _blockBytes;   // the last MiB is the backup's
        _disk.SetLength(blocks * _blockBytes);
        Write(0, ProtectiveRecord(blocks));
        Write(1, Header(blocks, own: 1, other: blocks - 1, entriesAt: 2));
        Write(2, _entries);
        Write(blocks - 1 - EntryBlocks, _entries);
        Write(blocks - 1, Header(blocks, own: blocks - 1, other: 1, entriesAt: blocks - 1 - EntryBlocks));
    }

    private void WriteEntry(Span<byte> entry, GptPartition partition, int index, long offset, long length)
    {
        Guid own = new(index + 1, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);
        partition.Type.TryWriteBytes(entry);
        own.TryWriteBytes(entry[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], offset / _blockBytes);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], (offset + length + _blockBytes - 1) / _blockBytes - 1);
        Encoding.Unicode.GetBytes(partition.Name, entry[56..]);
    }

    private byte[] Header(long blocks, long own, long other, long entriesAt)
    {
        byte[] block = new byte[_blockBytes];
        "EFI PART"u8.CopyTo(block);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(8), 0x00010000);   // revision 1.0
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(12), HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(24), own);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(32), other);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(40), 2 + EntryBlocks);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(48), blocks - 2 - EntryBlocks);
        s_disk.TryWriteBytes(block.AsSpan(56));
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(72), entriesAt);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(80), EntryCount);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(84), EntryBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(88), Checksum.Crc32(_entries));
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(16), Checksum.Crc32(block.AsSpan(0, HeaderBytes)));
        return block;
    }

    /// <summary>The old partition table that says "all of this belongs to a GUID partition table".</summary>
    private byte[] ProtectiveRecord(long blocks)
    {
        byte[] block = new byte[_blockBytes];
        byte[] entry = [0x00, 0x00, 0x02, 0x00, 0xEE, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0x00, 0x00];
        entry.CopyTo(block, 446);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(458), (uint)Math.Min(blocks - 1, uint.MaxValue));
        block[510] = 0x55;
        block[511] = 0xAA;
        return block;
    }

    private void Write(long block, byte[] bytes)
    {
        _disk.Position = block * _blockBytes;
        _disk.Write(bytes);
    }
}
