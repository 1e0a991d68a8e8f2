using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>A disk with one FAT partition that firmware boots from (UEFI specification, 5.2.1 and 13.3).</summary>
public static class EspImage
{
    private const int SectorBytes = 512;
    private const uint DiskSectors = 64 << 11;        // 64 MiB
    private const uint PartitionSector = 2048;        // at 1 MiB
    private const int PartitionEntryOffset = 446;
    private const byte EfiSystemPartition = 0xEF;

    /// <summary>Makes the image.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="files">Path on the volume, with slashes, to path on the host.</param>
    /// <exception cref="HarnessException">mtools is missing or fails.</exception>
    public static void Create(string path, IReadOnlyDictionary<string, string> files)
    {
        byte[] record = new byte[SectorBytes];
        record[PartitionEntryOffset + 4] = EfiSystemPartition;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(PartitionEntryOffset + 8), PartitionSector);
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(PartitionEntryOffset + 12), DiskSectors - PartitionSector);
        record[510] = 0x55;
        record[511] = 0xAA;
        using (FileStream disk = File.Create(path))
        {
            disk.Write(record);
            disk.SetLength((long)DiskSectors * SectorBytes);
        }

        const long Offset = PartitionSector * SectorBytes;
        FatVolume.Format(path, Offset, (long)DiskSectors * SectorBytes - Offset, files);
    }
}
