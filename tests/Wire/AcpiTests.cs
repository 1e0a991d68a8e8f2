using System;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects what is read of ACPI's tables: where they are, how long they are, and the station address in
/// them.</summary>
public class AcpiTests
{
    public static readonly byte[] RootPointer = Golden.Bytes("""
        "RSD PTR " 2f "BOCHS "      ; signature, checksum, maker
        02 78563412 24000000        ; revision, RSDT, length
        f0debc9a78563412 00 00*3    ; XSDT, checksum, reserved
        """);

    public static readonly byte[] Table = Golden.Bytes("""
        "APIC" 28000000 03 00       ; signature, length, revision, checksum
        "BOCHS " "BXPC    "         ; maker, table
        01000000 "BXPC" 01000000    ; its revision, compiler
        0000e0fe
        """);

    public static readonly byte[] Code =
        [.. "\u0014\u000fAMAC\0\u00a4\r_AUXMAC_#52540012AbCd#\0"u8];

    [Fact]
    public void TheLongAddressIsTakenWhereThereIsOne()
    {
        Assert.True(AcpiRootPointer.TryRead(RootPointer, out AcpiRootPointer root));
        Assert.Equal(new AcpiRootPointer(0x12345678_9abcdef0, 8), root);

        byte[] old = (byte[])RootPointer.Clone();
        old[15] = 0;
        Assert.True(AcpiRootPointer.TryRead(old, out root));
        Assert.Equal(new AcpiRootPointer(0x12345678, 4), root);
        Assert.True(AcpiRootPointer.TryRead(old.AsSpan(0, 20), out root));
        Assert.Equal(0x12345678ul, root.Address);

        byte[] noLong = (byte[])RootPointer.Clone();
        noLong.AsSpan(24, 8).Clear();
        Assert.True(AcpiRootPointer.TryRead(noLong, out root));
        Assert.Equal(4, root.EntryBytes);
        noLong.AsSpan(16, 4).Clear();
        Assert.False(AcpiRootPointer.TryRead(noLong, out _));
        Assert.False(AcpiRootPointer.TryRead(Table, out _));
    }

    [Fact]
    public void ATableSaysItsSignatureAndLength()
    {
        Assert.True(AcpiHeader.TryRead(Table, out AcpiHeader header, out _));
        Assert.Equal(new AcpiHeader(0x41504943, 40), header);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(35u)]
    [InlineData(0x0100_0001u)]
    [InlineData(0xffff_ffffu)]
    public void X10_AnImpossibleLengthIsRefused(uint lengthBytes)
    {
        byte[] damaged = (byte[])Table.Clone();
        BitConverter.TryWriteBytes(damaged.AsSpan(4), lengthBytes);
        Assert.False(AcpiHeader.TryRead(damaged, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
        Assert.False(AcpiHeader.TryRead(Table.AsSpan(0, 35), out _, out error));
        Assert.Equal(ParseError.TooShort, error);
    }

    [Fact]
    public void TheFadtSaysWhereTheCodeIs()
    {
        byte[] fadt = new byte[148];
        fadt[40] = 0x78;
        Assert.Equal(0x78ul, AcpiHeader.ReadDsdtAddress(fadt));
        fadt[140] = 0x9a;
        Assert.Equal(0x9aul, AcpiHeader.ReadDsdtAddress(fadt));
        Assert.Equal(0x78ul, AcpiHeader.ReadDsdtAddress(fadt.AsSpan(0, 147)));
        Assert.Equal(0ul, AcpiHeader.ReadDsdtAddress(fadt.AsSpan(0, 43)));
    }

    [Theory]
    [InlineData("_AUXMAC_#525400123456#", "52:54:00:12:34:56")]
    [InlineData("x_RTXMAC_#0a0B0c0D0e0F#y", "0a:0b:0c:0d:0e:0f")]
    [InlineData("_AUXMAC_#000000000000#_RTXMAC_#525400123456#", "52:54:00:12:34:56")]
    [InlineData("_AUXMAC_#52540012345g#_AUXMAC_#525400123457#", "52:54:00:12:34:57")]
    [InlineData("_AUXMAC_#525400123456", null)]
    [InlineData("_AUXMAC_#5254001234567#", null)]
    [InlineData("_TPXMAC_#525400123456#", null)]
    [InlineData("XMAC_#525400123456#", null)]
    [InlineData("_AUXMAC_#", null)]
    [InlineData("", null)]
    public void TheStationAddressIsFoundInTheCode(string code, string? expected)
    {
        bool found = AcpiStationAddress.TryFind(System.Text.Encoding.Latin1.GetBytes(code), out MacAddress address);
        Assert.Equal(expected, found ? address.ToString() : null);
    }
}
