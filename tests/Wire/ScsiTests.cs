using System;
using System.Numerics;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects what disks are told and what they answer: commands, sizes, sense data, lists of LUNs.</summary>
public class ScsiTests
{
    public static TheoryData<string, ScsiCdb, string> Commands => new()
    {
        { "TEST UNIT READY", ScsiCdb.TestUnitReady, "00 00*15" },
        { "INQUIRY", ScsiCdb.Inquiry(36), "12 00 00 0024 00 00*10" },
        { "INQUIRY page", ScsiCdb.InquiryPage(0xb0, 0x1234), "12 01 b0 1234 00 00*10" },
        { "MODE SENSE(6)", ScsiCdb.ModeSense6(0x3f, 192), "1a 08 3f 00 c0 00 00*10" },
        { "MODE SENSE(10)", ScsiCdb.ModeSense10(0x3f, 0x1234), "5a 08 3f 00 000000 1234 00 00*6" },
        { "READ CAPACITY(10)", ScsiCdb.ReadCapacity10, "25 00*15" },
        { "READ CAPACITY(16)", ScsiCdb.ReadCapacity16(32), "9e 10 00*8 00000020 00 00" },
        { "REPORT LUNS", ScsiCdb.ReportLuns(0x12345678), "a0 00 00 000000 12345678 00 00 00*4" },
        { "SYNCHRONIZE CACHE(10)", ScsiCdb.SynchronizeCache10, "35 00*15" },
        { "SYNCHRONIZE CACHE(16)", ScsiCdb.SynchronizeCache16, "91 00*15" },
        { "READ(10)", ScsiCdb.ReadBlocks(0x12345678, 0x9abc), "28 00 12345678 00 9abc 00 00*6" },
        { "READ(10), the last", ScsiCdb.ReadBlocks(0xffffffff, 1), "28 00 ffffffff 00 0001 00 00*6" },
        { "READ(16), one beyond", ScsiCdb.ReadBlocks(0xffffffff, 2), "88 00 00000000ffffffff 00000002 00 00" },
        { "READ(16), longer", ScsiCdb.ReadBlocks(1, 0x10000), "88 00 0000000000000001 00010000 00 00" },
        {
            "READ(16)", ScsiCdb.ReadBlocks(0x123456789abcdef0, 0x12345678),
            "88 00 123456789abcdef0 12345678 00 00"
        },
        { "WRITE(10)", ScsiCdb.WriteBlocks(2048, 65535), "2a 00 00000800 00 ffff 00 00*6" },
        { "WRITE(16)", ScsiCdb.WriteBlocks(ulong.MaxValue - 1, 1), "8a 00 fffffffffffffffe 00000001 00 00" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void EachCommandIsWrittenAndRead(string name, ScsiCdb cdb, string golden)
    {
        byte[] expected = Golden.Bytes(golden), bytes = new byte[ScsiCdb.Bytes];
        cdb.Write(bytes);
        Assert.True(expected.AsSpan().SequenceEqual(bytes), $"{name}: {Convert.ToHexString(bytes)}");
        Assert.Equal(cdb, ScsiCdb.Read(bytes));
        Assert.Equal(expected[0], ScsiCdb.Read(bytes).Opcode);
    }

    [Fact]
    public void ATargetReadsTheFieldsOfCommands()
    {
        foreach ((ulong first, uint count) in
            ((ulong, uint)[])[(0, 0), (0x12345678, 0x9abc), (1ul << 32, 1), (0x123456789abcdef0, 0xfedcba98)])
        {
            foreach (ScsiCdb cdb in (ScsiCdb[])[ScsiCdb.ReadBlocks(first, count), ScsiCdb.WriteBlocks(first, count)])
                Assert.Equal((first, count), (cdb.FirstBlock, cdb.BlockCount));
        }
        Assert.Equal((0xb0, 0x1234u, true), Fields(ScsiCdb.InquiryPage(0xb0, 0x1234)));
        Assert.Equal((0x3f, 192u, false), Fields(ScsiCdb.ModeSense6(0x3f, 192)));
        Assert.Equal((8, 0x1234u, false), Fields(ScsiCdb.ModeSense10(8, 0x1234)));
        Assert.Equal(0x12345678u, ScsiCdb.ReportLuns(0x12345678).AllocationBytes);
        Assert.Equal(32u, ScsiCdb.ReadCapacity16(32).AllocationBytes);
        Assert.Equal(8u, ScsiCdb.ReadCapacity10.AllocationBytes);
        Assert.True(ScsiCdb.ReadCapacity16(32).IsReadCapacity16);
        Assert.False(ScsiCdb.ReadCapacity10.IsReadCapacity16);
    }

    [Theory]
    [InlineData(512u, 0u, 1ul)]
    [InlineData(520u, 9u, null)]
    [InlineData(4096u, 0xfffffffeu, 0xfffffffful)]
    [InlineData(512u, 0xffffffffu, 0x1_0000_0000ul)]   // saturated: READ CAPACITY(16) tells
    [InlineData(65536u, 9u, 10ul)]
    [InlineData(0u, 9u, null)]
    [InlineData(1u, 9u, null)]
    [InlineData(256u, 9u, null)]
    [InlineData(768u, 9u, null)]
    [InlineData(131072u, 9u, null)]
    [InlineData(0x80000000u, 9u, null)]
    public void K12_OddSizesOfBlocksAreRefused(uint blockBytes, uint lastBlock, ulong? expected)
    {
        var answer = new byte[DiskCapacity.Bytes10];
        BigEndian.WriteU32(answer, 0, lastBlock);
        BigEndian.WriteU32(answer, 4, blockBytes);
        bool isRead = DiskCapacity.TryRead10(answer, out DiskCapacity capacity, out ParseError error);
        Assert.Equal(expected, isRead ? capacity.BlockCount : null);
        Assert.Equal(isRead ? ParseError.None : ParseError.BadLength, error);
        Assert.Equal(isRead && lastBlock == uint.MaxValue, capacity.NeedsReadCapacity16);

        var longer = new byte[DiskCapacity.Bytes16];
        BigEndian.WriteU64(longer, 0, lastBlock);
        BigEndian.WriteU32(longer, 8, blockBytes);
        isRead = DiskCapacity.TryRead16(longer, out capacity, out _);
        Assert.Equal(expected, isRead ? capacity.BlockCount : null);
        if (!isRead) return;
        Assert.Equal(new DiskCapacity(lastBlock, blockBytes, 1), capacity);
        Array.Fill(longer, (byte)0xee);
        Assert.Equal(DiskCapacity.Bytes16, capacity.Emit16(longer));
        Assert.True(DiskCapacity.TryRead16(longer, out DiskCapacity again, out _) && again == capacity);
        Assert.Equal(DiskCapacity.Bytes10, capacity.Emit10(longer));
        Assert.Equal(answer, longer[..DiskCapacity.Bytes10]);
    }

    [Fact]
    public void K12_TheLastBlockMayHaveAnyNumberThatBytesCanCount()
    {
        var answer = new byte[DiskCapacity.Bytes16];
        for (uint blockBytes = 512; blockBytes <= 65536; blockBytes *= 2)
        {
            ulong lastMax = (ulong)((BigInteger.One << 64) / blockBytes) - 1;
            foreach (ulong last in (ulong[])[0, 1, uint.MaxValue, 1ul << 32, lastMax - 1, lastMax, lastMax + 1,
                ulong.MaxValue - 1, ulong.MaxValue])
            {
                BigEndian.WriteU64(answer, 0, last);
                BigEndian.WriteU32(answer, 8, blockBytes);
                bool isRead = DiskCapacity.TryRead16(answer, out DiskCapacity capacity, out _);
                Assert.Equal(((BigInteger)last + 1) * blockBytes <= ulong.MaxValue, isRead);
                if (isRead) Assert.True(capacity.BlockCount == last + 1 && capacity.BlockCount > 0);
            }
        }
    }

    [Fact]
    public void PhysicalBlocksAreReadAndSizesMayBeCut()
    {
        byte[] answer = Golden.Bytes("""
            00000001dcf32afe    ; last block
            00000200            ; 512 bytes
            00                  ; no protection
            f3                  ; 8 blocks a physical one
            4000 00*16
            """);
        Assert.True(DiskCapacity.TryRead16(answer, out DiskCapacity capacity, out _));
        Assert.Equal(new DiskCapacity(0x1dcf32afe, 512, 8), capacity);
        for (int length = 0; length <= answer.Length; length++)
        {
            bool isRead = DiskCapacity.TryRead16(answer.AsSpan(0, length), out capacity, out ParseError error);
            uint perPhysical = length >= 14 ? 8u : length >= 12 ? 1u : 0;
            Assert.Equal((length >= 12, perPhysical), (isRead, capacity.BlocksPerPhysical));
            Assert.Equal(length >= 12 ? ParseError.None : ParseError.TooShort, error);
            if (length >= 8) continue;
            Assert.False(DiskCapacity.TryRead10(answer.AsSpan(0, length), out _, out error));
            Assert.Equal(ParseError.TooShort, error);
        }
        var large = new byte[8];
        capacity.Emit10(large);
        Assert.Equal("FFFFFFFF00000200", Convert.ToHexString(large));
    }

    [Theory]
    [InlineData("70 00 06 00000000 0a 00000000 29 00 00 00*3", SenseKey.UnitAttention, 0x2900, false)]
    [InlineData("f0 00 03 00001234 0a 00000000 11 04 00 00*3", SenseKey.MediumError, 0x1104, false)]
    [InlineData("71 00 23 00000000 0a 00000000 0c 02 00 00*3", SenseKey.MediumError, 0x0c02, true)]
    [InlineData("72 05 24 01 000000 00", SenseKey.IllegalRequest, 0x2401, false)]
    [InlineData("73 02 04 01 000000 0c 00 0a 80 00 00*8", SenseKey.NotReady, 0x0401, true)]
    [InlineData("70 00 07", SenseKey.DataProtect, 0, false)]
    [InlineData("70 00 07 00000000 00 00000000 27 00", SenseKey.DataProtect, 0, false)]   // says that there is no more
    [InlineData("70 00 07 00000000 05 00000000 27 01", SenseKey.DataProtect, 0x2700, false)]
    [InlineData("70 00 07 00000000 ff 00000000 27 01", SenseKey.DataProtect, 0x2701, false)]
    [InlineData("72 07", SenseKey.DataProtect, 0, false)]
    [InlineData("72 07 27", SenseKey.DataProtect, 0x2700, false)]
    public void SenseDataOfBothFormatsIsRead(string golden, byte key, int code, bool isDeferred)
    {
        byte[] bytes = Golden.Bytes(golden);
        var expected = new SenseData(key, (ushort)code, isDeferred);
        Assert.True(SenseData.TryRead(bytes, out SenseData sense, out _));
        Assert.Equal(expected, sense);
        byte[] segment = [0, (byte)bytes.Length, .. bytes, 0xaa, 0xbb];   // behind it: the response's own data
        Assert.True(SenseData.TryReadSegment(segment, out sense, out _));
        Assert.Equal(expected, sense);
        var written = new byte[20];
        Assert.Equal(20, expected.EmitSegment(written));
        Assert.True(SenseData.TryReadSegment(written, out sense, out _));
        Assert.Equal(expected, sense);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]             // the length of nothing
    [InlineData("0000 70 00 06")]
    [InlineData("0001 70")]
    [InlineData("0002 70 00")]
    [InlineData("0001 72")]
    [InlineData("0004 70 00 06")]    // a length past the segment
    [InlineData("ffff 70 00 06")]
    [InlineData("0003 00 00 06")]    // no format there is
    [InlineData("0003 7f 00 06")]
    public void K7_SenseDataTooShortOrTooLongIsRefused(string golden)
    {
        Assert.False(SenseData.TryReadSegment(Golden.Bytes(golden), out SenseData sense, out ParseError error));
        Assert.Equal(default, sense);
        Assert.NotEqual(ParseError.None, error);
    }

    [Fact]
    public void K13_AListOfLunsIsReadAsFarAsItIsThere()
    {
        byte[] answer = Golden.Bytes("""
            00000018 00000000   ; three LUNs
            0000000000000000
            0001000000000000
            4123000200000000    ; not flat
            """);
        for (int length = 0; length <= answer.Length; length++)
        {
            bool isRead = LunListView.TryRead(answer.AsSpan(0, length), out LunListView list, out _);
            Assert.Equal((length >= 8, Math.Max(0, length / 8 - 1)), (isRead, list.Count));
        }
        Assert.True(LunListView.TryRead(answer, out LunListView whole, out _));
        Assert.Equal((0ul, 1ul << 48, 0x4123_0002_0000_0000ul), (whole[0], whole[1], whole[2]));
        answer[3] = 0x17;
        Assert.True(LunListView.TryRead(answer, out whole, out _) && whole.Count == 2);
        answer[0] = 0xff;
        Assert.True(LunListView.TryRead(answer, out whole, out _) && whole.Count == 3);
    }

    [Fact]
    public void K13_AListOf64KilobytesIsRead()
    {
        var answer = new byte[65536];
        BigEndian.WriteU32(answer, 0, 65536 - 8);
        BigEndian.WriteU64(answer, 65528, 0x1fff_0000_0000_0000);
        Assert.True(LunListView.TryRead(answer, out LunListView list, out _));
        Assert.Equal((8191, 0x1fff_0000_0000_0000ul), (list.Count, list[8190]));
    }

    [Fact]
    public void TheOtherAnswersAreReadAndWritten()
    {
        byte[] bytes = new byte[64];
        foreach (InquiryData inquiry in (InquiryData[])[new(InquiryData.Disk, true, false), new(0x1f, false, true)])
        {
            int length = inquiry.Emit(bytes);
            Assert.Equal(bytes[4] + 5, length);
            Assert.True(InquiryData.TryRead(bytes.AsSpan(0, length), out InquiryData again, out _) && again == inquiry);
            Assert.False(InquiryData.TryRead(bytes.AsSpan(0, 1), out _, out _));
        }
        foreach (bool isProtected in (bool[])[false, true])
        {
            var mode = new ModeParameters(isProtected);
            int length = mode.Emit6(bytes);
            Assert.True(ModeParameters.TryRead6(bytes.AsSpan(0, length), out ModeParameters again, out _));
            Assert.Equal((mode, isProtected ? 0x80 : 0), (again, bytes[2]));
            Assert.False(ModeParameters.TryRead6(bytes.AsSpan(0, 2), out again, out _) || again.IsWriteProtected);
            length = mode.Emit10(bytes);
            Assert.True(ModeParameters.TryRead10(bytes.AsSpan(0, length), out again, out _));
            Assert.Equal((mode, isProtected ? 0x80 : 0), (again, bytes[3]));
            Assert.False(ModeParameters.TryRead10(bytes.AsSpan(0, 3), out again, out _) || again.IsWriteProtected);
        }
        var limits = new BlockLimits(0x12345678);
        Assert.Equal(BlockLimits.Bytes, limits.Emit(bytes));
        Assert.True(BlockLimits.TryRead(bytes, out BlockLimits same, out _) && same == limits);
        Assert.False(BlockLimits.TryRead(bytes.AsSpan(0, 15), out _, out _));
        bytes[1] = 0xb1;
        Assert.False(BlockLimits.TryRead(bytes, out _, out _));
    }

    [Theory]
    [InlineData("", 0ul, "0")]
    [InlineData("0", 0ul, "0")]
    [InlineData("1", 0x0001_0000_0000_0000ul, "1")]
    [InlineData("000f", 0x000f_0000_0000_0000ul, "f")]
    [InlineData("4123", 0x4123_0000_0000_0000ul, "4123")]
    [InlineData("4752-3A4F-6b7e-2F99", 0x4752_3a4f_6b7e_2f99ul, "4752-3a4f-6b7e-2f99")]
    [InlineData("1-0-2", 0x0001_0000_0002_0000ul, "1-0-2")]
    [InlineData("0-0-0-1", 1ul, "0-0-0-1")]
    [InlineData("1-0", 0x0001_0000_0000_0000ul, "1")]
    public void ALunIsReadAndWrittenAsText(string text, ulong lun, string formatted)
    {
        Assert.True(LunText.TryParse(text, out ulong read));
        Assert.Equal(lun, read);
        Assert.Equal(formatted, LunText.Format(lun));
    }

    [Theory]
    [InlineData("-")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1--2")]
    [InlineData("00001")]
    [InlineData("1-2-3-4-")]
    [InlineData("1-2-3-4-5")]
    [InlineData("g")]
    [InlineData("0x1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("\u0661")]
    public void K13_TextThatIsNoLunIsRefused(string text)
    {
        Assert.False(LunText.TryParse(text, out ulong lun));
        Assert.Equal(0ul, lun);
    }

    private static (int, uint, bool) Fields(ScsiCdb cdb) => (cdb.Page, cdb.AllocationBytes, cdb.IsVitalProduct);
}
