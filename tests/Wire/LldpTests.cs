using System;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reading of what switches say of themselves (IEEE 802.1AB).</summary>
public class LldpTests
{
    public static readonly byte[] Unit = Golden.Bytes("""
        0207 04 525400fedcba            ; chassis: a station address
        0407 05 "Gi1/0/"                ; port: an interface's name
        0602 0078                       ; lifetime: 120 s
        0a05 "sw-9b"                    ; the system's name
        100c 05 01 0a000203 02 00000001 00   ; management address: IPv4
        fe06 0080c2 01 0064             ; IEEE 802.1: port VLAN 100
        fe06 0080c2 01 00c8             ; and again
        fe06 00120f 04 05ee             ; IEEE 802.3: longest frame
        0000                            ; the end
        """);

    [Fact]
    public void AUnitIsMeasuredWithoutItsEndAndPadding()
    {
        Assert.True(LldpUnit.TryMeasure(Unit, out int countBytes, out int lifetime, out _));
        Assert.Equal((Unit.Length - 2, 120), (countBytes, lifetime));
        Assert.True(LldpUnit.TryMeasure([.. Unit, 0, 0, 0], out countBytes, out _, out _));
        Assert.Equal(Unit.Length - 2, countBytes);
        Assert.True(LldpUnit.TryMeasure(Unit.AsSpan(0, Unit.Length - 2), out countBytes, out _, out _));
        Assert.Equal(Unit.Length - 2, countBytes);
    }

    [Theory]
    [InlineData(5, 0u, 0, 0, "73772d3962")]
    [InlineData(1, 4u, 1, 0, "04525400fedcba")]
    [InlineData(1, 5u, 1, 0, null)]
    [InlineData(2, 5u, 1, 0, "054769312f302f")]
    [InlineData(8, 0x501u, 2, 0, "05010a000203020000000100")]
    [InlineData(127, 0x80c201u, 4, 0, "0080c2010064")]
    [InlineData(127, 0x80c201u, 4, 1, "0080c20100c8")]
    [InlineData(127, 0x80c201u, 4, 2, null)]
    [InlineData(127, 0x120f04u, 7, 0, "00120f0405ee")]   // four bytes of it at most
    [InlineData(127, 0u, 4, 2, "00120f0405ee")]
    [InlineData(127, 0x80c201u, 3, 0, null)]             // its lowest three bytes only: 80 c2 01
    [InlineData(6, 0u, 0, 0, null)]
    public void ValuesAreFoundByTypeBeginningAndInstance(
        byte type, uint prefix, int prefixBytes, int instance, string? expected)
    {
        bool found = LldpUnit.TryFind(
            Unit.AsSpan(0, Unit.Length - 2), type, prefix, prefixBytes, instance, out ReadOnlySpan<byte> value);
        Assert.Equal(expected, found ? Convert.ToHexStringLower(value) : null);
    }

    [Theory]
    [InlineData("02", ParseError.TooShort)]
    [InlineData("0000", ParseError.TooShort)]
    [InlineData("", ParseError.TooShort)]
    [InlineData("0207 0452540", ParseError.BadLength)]
    [InlineData("0202 0461 0402 0561 0000", ParseError.TooShort)]        // no lifetime
    [InlineData("0402 0561 0202 0461 0602 0078", ParseError.BadKind)]    // out of order
    [InlineData("0202 0461 0402 0561 0602 0078 0602 0078", ParseError.BadKind)]
    [InlineData("0202 0461 0402 0561 0601 78 0000", ParseError.BadLength)]
    public void E6_WhatContradictsItselfIsRefused(string hex, ParseError expected)
    {
        string digits = hex.Replace(" ", "");
        byte[] bytes = Convert.FromHexString(digits[..(digits.Length & ~1)]);
        Assert.False(LldpUnit.TryMeasure(bytes, out _, out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    /// <summary>A length below its own header hung another loader; here the header does not count.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void E6_ShortValuesAreJustShort(int lengthBytes)
    {
        byte[] value = Encoding.ASCII.GetBytes(new string('x', lengthBytes));
        byte[] unit = [.. Unit.AsSpan(0, Unit.Length - 2), 0x0a, (byte)lengthBytes, .. value];
        Assert.True(LldpUnit.TryMeasure(unit, out int countBytes, out _, out _));
        Assert.Equal(unit.Length, countBytes);
        Assert.True(LldpUnit.TryFind(unit, 5, 0, 0, 1, out ReadOnlySpan<byte> found));
        Assert.Equal(value, found.ToArray());
    }
}
