using System;

namespace Bootlace.Wire;

/// <summary>A 48-bit Ethernet station address.</summary>
public readonly struct MacAddress : IEquatable<MacAddress>
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 6;

    private readonly ulong _value;   // the six bytes, first one highest

    private MacAddress(ulong value) => _value = value;

    /// <summary>FF:FF:FF:FF:FF:FF.</summary>
    public static MacAddress Broadcast => new(0xffff_ffff_ffff);

    /// <summary>The stations that listen to a multicast group (RFC 1112 section 6.4).</summary>
    public static MacAddress OfGroup(Ipv4Address group)
    {
        Check.That(group.IsMulticast);
        return new MacAddress(0x0100_5e00_0000ul | group.Value & 0x7f_ffff);
    }

    /// <summary>Reads the first six bytes of <paramref name="bytes"/>.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length >= Bytes);
        ulong value = 0;
        for (int i = 0; i < Bytes; i++) value = value << 8 | bytes[i];
        return new MacAddress(value);
    }

    /// <summary>Writes six bytes.</summary>
    public void Write(Span<byte> target)
    {
        Check.That(target.Length >= Bytes);
        for (int i = 0; i < Bytes; i++) target[i] = (byte)(_value >> 8 * (Bytes - 1 - i));
    }

    /// <summary>The group bit: broadcast or multicast.</summary>
    public bool IsGroup => (_value >> 40 & 1) != 0;

    /// <summary>All six bytes are ones.</summary>
    public bool IsBroadcast => _value == 0xffff_ffff_ffff;

    /// <summary>Same address.</summary>
    public static bool operator ==(MacAddress a, MacAddress b) => a._value == b._value;
    /// <summary>Other address.</summary>
    public static bool operator !=(MacAddress a, MacAddress b) => a._value != b._value;
    /// <inheritdoc/>
    public bool Equals(MacAddress other) => _value == other._value;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Six lower-case hex pairs joined by colons.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[17];
        for (int i = 0; i < Bytes; i++)
        {
            int octet = (int)(_value >> 8 * (Bytes - 1 - i)) & 0xff;
            text[3 * i] = "0123456789abcdef"[octet >> 4];
            text[3 * i + 1] = "0123456789abcdef"[octet & 15];
            if (i < Bytes - 1) text[3 * i + 2] = ':';
        }
        return new string(text);
    }
}
