using System;

namespace Bootlace.Wire;

/// <summary>A SCSI command of up to 16 bytes, filled up with zeros: its command descriptor block (SPC-4 section
/// 4.2).</summary>
public readonly record struct ScsiCdb
{
    /// <summary>Room for each command we know.</summary>
    public const int Bytes = 16;

    private const ulong VitalProductBit = 1, NoDescriptorsBit = 8, ReadCapacity16Action = 0x10;
    private const ulong ServiceActionMask = 0x1f;

    private readonly ulong _high, _low;   // bytes 0 to 7 and 8 to 15 as big-endian numbers

    private ScsiCdb(byte opcode, ulong high, ulong low = 0)
    {
        _high = (ulong)opcode << 56 | high;
        _low = low;
    }

    /// <summary>Is the disk ready?</summary>
    public static ScsiCdb TestUnitReady => new(ScsiOpcode.TestUnitReady, 0);

    /// <summary>The size of the disk, up to 2^32 blocks: <see cref="DiskCapacity.TryRead10"/>.</summary>
    public static ScsiCdb ReadCapacity10 => new(ScsiOpcode.ReadCapacity10, 0);

    /// <summary>The size of the disk: <see cref="DiskCapacity.TryRead16"/>.</summary>
    public static ScsiCdb ReadCapacity16(uint allocationBytes) =>
        new(ScsiOpcode.ServiceActionIn16, ReadCapacity16Action << 48, (ulong)allocationBytes << 16);

    /// <summary>What kind of device is it?</summary>
    public static ScsiCdb Inquiry(ushort allocationBytes) =>
        new(ScsiOpcode.Inquiry, (ulong)allocationBytes << 24);

    /// <summary>A page of vital product data.</summary>
    public static ScsiCdb InquiryPage(byte page, ushort allocationBytes) =>
        new(ScsiOpcode.Inquiry, VitalProductBit << 48 | (ulong)page << 40 | (ulong)allocationBytes << 24);

    /// <summary>A mode page, 0x3f for all, without block descriptors; the answer has a header of 4 bytes.</summary>
    public static ScsiCdb ModeSense6(byte page, byte allocationBytes) =>
        new(ScsiOpcode.ModeSense6, NoDescriptorsBit << 48 | (ulong)page << 40 | (ulong)allocationBytes << 24);

    /// <summary>A mode page, 0x3f for all, without block descriptors; the answer has a header of 8 bytes.</summary>
    public static ScsiCdb ModeSense10(byte page, ushort allocationBytes) => new(
        ScsiOpcode.ModeSense10, NoDescriptorsBit << 48 | (ulong)page << 40 | (uint)allocationBytes >> 8,
        (ulong)allocationBytes << 56);

    /// <summary>Which logical units are there? At least 16 bytes must be allocated.</summary>
    public static ScsiCdb ReportLuns(uint allocationBytes) =>
        new(ScsiOpcode.ReportLuns, allocationBytes >> 16, (ulong)allocationBytes << 48);

    /// <summary>Reads blocks: READ(10) where that reaches, which each disk has, else READ(16).</summary>
    public static ScsiCdb ReadBlocks(ulong firstBlock, uint count) => IsShort(firstBlock, count)
        ? Short(ScsiOpcode.Read10, firstBlock, count) : Long(ScsiOpcode.Read16, firstBlock, count);

    /// <summary>Writes blocks: WRITE(10) where that reaches, else WRITE(16).</summary>
    public static ScsiCdb WriteBlocks(ulong firstBlock, uint count) => IsShort(firstBlock, count)
        ? Short(ScsiOpcode.Write10, firstBlock, count) : Long(ScsiOpcode.Write16, firstBlock, count);

    /// <summary>Puts the cache's blocks on stable storage, all of them.</summary>
    public static ScsiCdb SynchronizeCache10 => Short(ScsiOpcode.SynchronizeCache10, 0, 0);

    /// <summary>The same, where only commands of 16 bytes reach all of the disk.</summary>
    public static ScsiCdb SynchronizeCache16 => Long(ScsiOpcode.SynchronizeCache16, 0, 0);

    /// <summary>The first byte: see <see cref="ScsiOpcode"/>.</summary>
    public byte Opcode => (byte)(_high >> 56);

    /// <summary>It asks for the size, in 16 bytes.</summary>
    public bool IsReadCapacity16 =>
        Opcode == ScsiOpcode.ServiceActionIn16 && (_high >> 48 & ServiceActionMask) == ReadCapacity16Action;

    /// <summary>Of an INQUIRY: a page is wanted.</summary>
    public bool IsVitalProduct => (_high >> 48 & VitalProductBit) != 0;

    /// <summary>The page that INQUIRY or MODE SENSE wants.</summary>
    public byte Page => (byte)(_high >> 40);

    /// <summary>The first block to be read, written or synchronized.</summary>
    public ulong FirstBlock => IsLong ? _high << 16 | _low >> 48 : (uint)(_high >> 16);

    /// <summary>The number of blocks.</summary>
    public uint BlockCount => IsLong ? (uint)(_low >> 16) : (uint)((_high & 0xff) << 8 | _low >> 56);

    /// <summary>Room for the answer of a command that asks.</summary>
    public uint AllocationBytes => Opcode switch
    {
        ScsiOpcode.Inquiry => (ushort)(_high >> 24),
        ScsiOpcode.ModeSense6 => (byte)(_high >> 24),
        ScsiOpcode.ModeSense10 => BlockCount,
        ScsiOpcode.ReportLuns => (uint)(_high << 16) | (uint)(_low >> 48),
        ScsiOpcode.ServiceActionIn16 => (uint)(_low >> 16),
        ScsiOpcode.ReadCapacity10 => DiskCapacity.Bytes10,
        _ => 0,
    };

    /// <summary>Reads 16 bytes.</summary>
    public static ScsiCdb Read(ReadOnlySpan<byte> bytes)
    {
        ulong high = BigEndian.ReadU64(bytes, 0);
        return new ScsiCdb((byte)(high >> 56), high, BigEndian.ReadU64(bytes, 8));
    }

    /// <summary>Writes 16 bytes.</summary>
    public void Write(Span<byte> target)
    {
        BigEndian.WriteU64(target, 0, _high);
        BigEndian.WriteU64(target, 8, _low);
    }

    private bool IsLong => Opcode is >= 0x80 and < 0xa0;   // group 4: commands of 16 bytes (SPC-4 section 4.2.5.1)

    private static bool IsShort(ulong firstBlock, uint count) =>
        firstBlock <= uint.MaxValue && count <= ushort.MaxValue && firstBlock + count <= 1ul + uint.MaxValue;

    private static ScsiCdb Short(byte opcode, ulong firstBlock, uint count) =>
        new(opcode, firstBlock << 16 | count >> 8, (ulong)count << 56);

    private static ScsiCdb Long(byte opcode, ulong firstBlock, uint count) =>
        new(opcode, firstBlock >> 16, firstBlock << 48 | (ulong)count << 16);
}
