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
    public void BothEntryPointsAreRead()
    {
        byte[] old = new byte[31];
        "_SM_"u8.CopyTo(old);
        old[22] = 0x34;
        old[23] = 0x12;
        old[24] = 0x78;
        Assert.True(SmbiosEntryPoint.TryRead(old, out SmbiosEntryPoint entry));
        Assert.Equal(new SmbiosEntryPoint(0x78, 0x1234), entry);

        byte[] current = new byte[24];
        "_SM3_"u8.CopyTo(current);
        current[12] = 0x55;
        current[20] = 1;
        Assert.True(SmbiosEntryPoint.TryRead(current, out entry));
        Assert.Equal(new SmbiosEntryPoint(0x1_0000_0000, 0x55), entry);

        for (int length = 0; length < 24; length++)
            Assert.False(SmbiosEntryPoint.TryRead(current.AsSpan(0, length), out _));
        Assert.False(SmbiosEntryPoint.TryRead(new byte[64], out _));
    }
}
