using System;
using System.Linq;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the walk through SMBIOS tables, which firmware builds by hand.</summary>
public class SmbiosTests
{
    private static readonly byte[] s_uuid = [.. Enumerable.Range(1, 16).Select(i => (byte)(i * 3))];

    private static byte[] Table =>
    [
        0, 6, 0, 0, 1, 2,                              // BIOS information with two strings
        (byte)'A', 0, (byte)'B', (byte)'C', 0, 0,
        1, 27, 1, 0, 1, 2, 3, 4, .. s_uuid, 6, 0, 0,   // system information
        0, 0,                                          // without strings
        127, 4, 2, 0, 0, 0,                            // the end
    ];

    [Fact]
    public void TheUuidIsFoundBehindOtherStructures()
    {
        Assert.True(SmbiosTable.TryReadUuid(Table, out ReadOnlySpan<byte> uuid));
        Assert.Equal(s_uuid, uuid.ToArray());
    }

    [Fact]
    public void X10_EveryTruncationIsSurvived()
    {
        for (int length = 0; length < Table.Length; length++)
        {
            bool found = SmbiosTable.TryReadUuid(Table.AsSpan(0, length), out ReadOnlySpan<byte> uuid);
            if (found) Assert.Equal(s_uuid, uuid.ToArray());
        }
    }

    [Fact]
    public void X10_EveryBitFlipIsSurvived()
    {
        for (int bit = 0; bit < Table.Length * 8; bit++)
        {
            byte[] damaged = Table;
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            SmbiosTable.TryReadUuid(damaged, out _);
        }
    }

    [Fact]
    public void X10_ATableWithoutTerminatorEndsWithItsBytes()
    {
        byte[] endless = [.. Enumerable.Repeat(new byte[] { 9, 4, 0, 0, 0, 0 }, 20_000).SelectMany(x => x)];
        Assert.False(SmbiosTable.TryReadUuid(endless, out _));
        Assert.False(SmbiosTable.TryReadUuid(Enumerable.Repeat((byte)'x', 10_000).ToArray(), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void X10_AStructureShorterThanItsHeaderEndsTheWalk(byte length)
    {
        byte[] damaged = Table;
        damaged[1] = length;
        Assert.False(SmbiosTable.TryReadUuid(damaged, out _));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xff)]
    public void AUuidOfAllZeroesOrAllOnesIsNotSet(byte value)
    {
        byte[] table = Table;
        table.AsSpan(20, 16).Fill(value);
        Assert.False(SmbiosTable.TryReadUuid(table, out _));
    }

    [Fact]
    public void AStructureIsFoundByTypeAndInstanceWithItsTexts()
    {
        byte[] table =
        [
            17, 5, 0, 0, 1, (byte)'a', 0, 0,   // two memory devices, the second one without a text
            17, 6, 1, 0, 0, 9, 0, 0,
            127, 4, 2, 0, 0, 0,
        ];
        Assert.True(SmbiosTable.TryFind(table, 17, 0, out SmbiosStructure first));
        Assert.Equal([17, 5, 0, 0, 1], first.Fields.ToArray());
        Assert.True(first.TryReadText(1, out ReadOnlySpan<byte> text));
        Assert.Equal("a"u8.ToArray(), text.ToArray());
        Assert.True(SmbiosTable.TryFind(table, 17, 1, out SmbiosStructure second));
        Assert.Equal([17, 6, 1, 0, 0, 9], second.Fields.ToArray());
        Assert.False(second.TryReadText(1, out _));
        Assert.True(SmbiosTable.TryFind(table, 127, 0, out _));
        Assert.False(SmbiosTable.TryFind(table, 17, 2, out _));
        Assert.False(SmbiosTable.TryFind(table, 4, 0, out _));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "A")]
    [InlineData(2, "BC")]
    [InlineData(3, null)]
    [InlineData(255, null)]
    public void TextsCountFromOne(int number, string? expected)
    {
        Assert.True(SmbiosTable.TryFind(Table, 0, 0, out SmbiosStructure bios));
        Assert.Equal(expected is not null, bios.TryReadText(number, out ReadOnlySpan<byte> text));
        if (expected is not null) Assert.Equal(expected, System.Text.Encoding.ASCII.GetString(text));
    }

    [Fact]
    public void X10_TextsOfATableWithoutTerminatorEndWithItsBytes()
    {
        byte[] table = [1, 5, 0, 0, 2, (byte)'A', 0, (byte)'B'];
        Assert.True(SmbiosTable.TryFind(table, 1, 0, out SmbiosStructure system));
        Assert.True(system.TryReadText(2, out ReadOnlySpan<byte> text));
        Assert.Equal("B"u8.ToArray(), text.ToArray());
        Assert.False(system.TryReadText(3, out _));
        Assert.False(SmbiosTable.TryFind(table, 1, 1, out _));
    }

    [Fact]
    public void BothEntryPointsAreRead()
    {
        byte[] old = new byte[31];
        "_SM_"u8.CopyTo(old);
        old[6] = 2;
        old[7] = 8;
        old[22] = 0x34;
        old[23] = 0x12;
        old[24] = 0x78;
        Assert.True(SmbiosEntryPoint.TryRead(old, out SmbiosEntryPoint entry));
        Assert.Equal(new SmbiosEntryPoint(0x78, 0x1234, 0x0208), entry);

        byte[] current = new byte[24];
        "_SM3_"u8.CopyTo(current);
        current[7] = 3;
        current[8] = 6;
        current[12] = 0x55;
        current[20] = 1;
        Assert.True(SmbiosEntryPoint.TryRead(current, out entry));
        Assert.Equal(new SmbiosEntryPoint(0x1_0000_0000, 0x55, 0x0306), entry);

        for (int length = 0; length < 24; length++)
            Assert.False(SmbiosEntryPoint.TryRead(current.AsSpan(0, length), out _));
        Assert.False(SmbiosEntryPoint.TryRead(new byte[64], out _));
    }
}
