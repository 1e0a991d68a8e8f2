using System;
using System.Buffers.Binary;
using System.IO;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects the disks that iSCSI scenarios boot from: firmware ignores a partition table with a wrong
/// checksum, and some repair the disk from the backup.</summary>
public sealed class GptDiskTests
{
    private const int HeaderBytes = 92;
    private const int EntryTableBytes = 128 * 128;

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void BothHeadersAreSoundAndPointAtEachOther(int blockBytes)
    {
        byte[] disk = Make(contentBytes: 5000, blockBytes);
        long last = disk.Length / blockBytes - 1;
        (long own, long other) = ReadHeader(disk, 1, blockBytes);
        Assert.Equal((1, last), (own, other));
        (own, other) = ReadHeader(disk, last, blockBytes);
        Assert.Equal((last, 1), (own, other));
    }

    [Theory]
    [InlineData(512, 10)]
    [InlineData(4096, 2)]
    public void APartitionHoldsItsContentAndEndsWithIt(int blockBytes, long blocks)
    {
        byte[] disk = Make(contentBytes: 5000, blockBytes);
        ReadOnlySpan<byte> entry = disk.AsSpan(2 * blockBytes, 128);
        Assert.Equal(GptPartition.EfiSystem, new Guid(entry[..16]));
        long first = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
        long last = BinaryPrimitives.ReadInt64LittleEndian(entry[40..]);
        Assert.Equal(GptDisk.FirstPartitionOffset, first * blockBytes);
        Assert.Equal(blocks, last - first + 1);
        Assert.Equal(0x5A, disk[first * blockBytes]);
        Assert.Equal(0x5A, disk[first * blockBytes + 4999]);
        Assert.Equal("e\0s\0p\0"u8, entry.Slice(56, 6));
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    public void SecondPartitionBeginsOnAWholeMebibyteBehindTheFirst(int blockBytes)
    {
        byte[] disk = Make(contentBytes: (1 << 20) + 1, blockBytes);
        long second = BinaryPrimitives.ReadInt64LittleEndian(disk.AsSpan(2 * blockBytes + 128 + 32));
        Assert.Equal(3 << 20, second * blockBytes);
    }

    private static (long Own, long Other) ReadHeader(byte[] disk, long block, int blockBytes)
    {
        byte[] header = disk.AsSpan((int)block * blockBytes, HeaderBytes).ToArray();
        uint sum = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16));
        header.AsSpan(16, 4).Clear();
        Assert.Equal("EFI PART"u8, header.AsSpan(0, 8));
        Assert.Equal(Checksum.Crc32(header), sum);
        long entries = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(72));
        Assert.Equal(
            Checksum.Crc32(disk.AsSpan((int)entries * blockBytes, EntryTableBytes)),
            BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(88)));
        return (BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(24)),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32)));
    }

    private static byte[] Make(int contentBytes, int blockBytes)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-test-").FullName;
        try
        {
            string content = Path.Combine(folder, "content");
            byte[] bytes = new byte[contentBytes];
            bytes.AsSpan().Fill(0x5A);
            File.WriteAllBytes(content, bytes);
            string disk = Path.Combine(folder, "disk");
            GptDisk.Create(
                disk,
                bytesMin: 0,
                [
                    new GptPartition("esp", GptPartition.EfiSystem, content),
                    new GptPartition("root", GptPartition.LinuxFiles, content),
                ],
                blockBytes);
            return File.ReadAllBytes(disk);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
