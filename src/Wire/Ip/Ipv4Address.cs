using System;
using System.Numerics;

namespace Bootlace.Wire;

/// <summary>An IPv4 address.</summary>
public readonly struct Ipv4Address(uint value) : IEquatable<Ipv4Address>
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 4;

    /// <summary>The address as a number, first octet highest: 10.0.0.1 is 0x0a000001.</summary>
    public uint Value { get; } = value;

    /// <summary>An address from its four parts.</summary>
    public Ipv4Address(byte a, byte b, byte c, byte d) : this((uint)(a << 24 | b << 16 | c << 8 | d)) { }

    /// <summary>0.0.0.0: no address yet.</summary>
    public static Ipv4Address Unspecified => default;

    /// <summary>255.255.255.255: everyone on this link.</summary>
    public static Ipv4Address Broadcast => new(0xffff_ffff);

    /// <summary>0.0.0.0.</summary>
    public bool IsUnspecified => Value == 0;

    /// <summary>255.255.255.255; a subnet's own broadcast address is not known here.</summary>
    public bool IsBroadcast => Value == 0xffff_ffff;

    /// <summary>224.0.0.0/4.</summary>
    public bool IsMulticast => Value >> 28 == 0xe;

    /// <summary>127.0.0.0/8.</summary>
    public bool IsLoopback => Value >> 24 == 127;

    /// <summary>169.254.0.0/16.</summary>
    public bool IsLinkLocal => Value >> 16 == 0xa9fe;

    /// <summary>An address one machine can have and send from: not unspecified, loopback, multicast, reserved or
    /// broadcast.
    /// </summary>
    public bool IsHost => Value >> 24 is not (0 or 127) && Value >> 28 < 0xe;

    /// <summary>The prefix length of the class the address had before CIDR (8, 16 or 24): what a lease without a
    /// netmask means.</summary>
    public int ClassPrefixLength => (Value >> 30) switch { 0 or 1 => 8, 2 => 16, _ => 24 };

    /// <summary>The netmask of a prefix length of 0 to 32, as a number.</summary>
    public static uint MaskOf(int prefixLength)
    {
        Check.That(prefixLength is >= 0 and <= 32);
        return prefixLength == 0 ? 0 : uint.MaxValue << 32 - prefixLength;
    }

    /// <summary>The prefix length of a netmask; false if its ones are not all in front.</summary>
    public static bool TryGetPrefixLength(Ipv4Address netmask, out int prefixLength)
    {
        prefixLength = BitOperations.LeadingZeroCount(~netmask.Value);
        return MaskOf(prefixLength) == netmask.Value;
    }

    /// <summary>Whether both addresses are in one subnet of that prefix length.</summary>
    public bool SharesPrefix(Ipv4Address other, int prefixLength) =>
        ((Value ^ other.Value) & MaskOf(prefixLength)) == 0;

    /// <summary>The broadcast address of the subnet this address is in.</summary>
    public Ipv4Address SubnetBroadcast(int prefixLength) => new(Value | ~MaskOf(prefixLength));

    /// <summary>Reads the first four bytes.</summary>
    public static Ipv4Address Read(ReadOnlySpan<byte> bytes) => new(BigEndian.ReadU32(bytes, 0));

    /// <summary>Writes four bytes.</summary>
    public void Write(Span<byte> target) => BigEndian.WriteU32(target, 0, Value);

    /// <summary>Reads a dotted quad of decimal numbers; nothing else, no blanks, no octal.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv4Address address)
    {
        address = default;
        uint value = 0;
        int at = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0 && (at >= text.Length || text[at++] != '.')) return false;
            int start = at;
            uint octet = 0;
            for (; at < text.Length && at - start < 3 && char.IsAsciiDigit(text[at]); at++)
                octet = octet * 10 + text[at] - '0';
            if (at == start || octet > 255 || (at - start > 1 && text[start] == '0')) return false;
            value = value << 8 | octet;
        }
        if (at != text.Length) return false;
        address = new Ipv4Address(value);
        return true;
    }

    /// <summary>Same address.</summary>
    public static bool operator ==(Ipv4Address a, Ipv4Address b) => a.Value == b.Value;
    /// <summary>Other address.</summary>
    public static bool operator !=(Ipv4Address a, Ipv4Address b) => a.Value != b.Value;
    /// <inheritdoc/>
    public bool Equals(Ipv4Address other) => Value == other.Value;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ipv4Address other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;
    /// <summary>The dotted quad.</summary>
    public override string ToString() => $"{Value >> 24}.{Value >> 16 & 255}.{Value >> 8 & 255}.{Value & 255}";
}
