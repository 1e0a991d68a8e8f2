using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>The 18 types of spec/ipxe-compat.md 3.4.</summary>
public static class SettingTypes
{
    /// <summary>Bytes as they are.</summary>
    public static readonly SettingType String = new StringType();
    /// <summary>Percent-encoded.</summary>
    public static readonly SettingType UriString = new UriStringType();
    /// <summary>A dotted quad.</summary>
    public static readonly SettingType Ipv4 = new Ipv4Type();
    /// <summary>RFC 4291 text.</summary>
    public static readonly SettingType Ipv6 = new Ipv6Type();
    /// <summary>One signed byte.</summary>
    public static readonly SettingType Int8 = new IntegerType("int8", 1, isSigned: true);
    /// <summary>Two bytes, signed.</summary>
    public static readonly SettingType Int16 = new IntegerType("int16", 2, isSigned: true);
    /// <summary>Four bytes, signed.</summary>
    public static readonly SettingType Int32 = new IntegerType("int32", 4, isSigned: true);
    /// <summary>One byte.</summary>
    public static readonly SettingType Uint8 = new IntegerType("uint8", 1, isSigned: false);
    /// <summary>Two bytes.</summary>
    public static readonly SettingType Uint16 = new IntegerType("uint16", 2, isSigned: false);
    /// <summary>Four bytes.</summary>
    public static readonly SettingType Uint32 = new IntegerType("uint32", 4, isSigned: false);
    /// <summary>Hex pairs joined by colons.</summary>
    public static readonly SettingType Hex = new HexType("hex", ':');
    /// <summary>Hex pairs joined by hyphens.</summary>
    public static readonly SettingType HexHyphen = new HexType("hexhyp", '-');
    /// <summary>Hex pairs.</summary>
    public static readonly SettingType HexRaw = new HexType("hexraw", null);
    /// <summary>Base 64, padded.</summary>
    public static readonly SettingType Base64 = new Base64Type();
    /// <summary>8-4-4-4-12 digits, big-endian.</summary>
    public static readonly SettingType Uuid = new UuidType("uuid", isMixedEndian: false);
    /// <summary>8-4-4-4-12 digits, the first three fields little-endian in memory.</summary>
    public static readonly SettingType Guid = new UuidType("guid", isMixedEndian: true);
    /// <summary>A PCI address.</summary>
    public static readonly SettingType BusDevFn = new BusDevFnType();
    /// <summary>A DNS search list.</summary>
    public static readonly SettingType DnsSearchList = new DnsSearchListType();

    /// <summary>The number that some bytes are, the most significant first and without a sign; null: none, or too
    /// long.</summary>
    public static long? ReadNumber(byte[]? value) =>
        value is { Length: > 0 } && IntegerType.TryReadNumber(value, isSigned: false, out long number) ? number : null;

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<SettingType> All =
    [
        String, UriString, Ipv4, Ipv6, Int8, Int16, Int32, Uint8, Uint16, Uint32, Hex, HexHyphen, HexRaw, Base64,
        Uuid, Guid, BusDevFn, DnsSearchList,
    ];
}
