using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>An IPv6 address.</summary>
public readonly struct Ipv6Address(ulong high, ulong low) : IEquatable<Ipv6Address>
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 16;

    private const int Groups = 8;

    /// <summary>The first eight bytes as a number.</summary>
    public ulong High { get; } = high;

    /// <summary>The last eight bytes as a number.</summary>
    public ulong Low { get; } = low;

    /// <summary>The address <c>::</c>.</summary>
    public static Ipv6Address Unspecified => default;

    /// <summary>The address <c>::</c>.</summary>
    public bool IsUnspecified => (High | Low) == 0;

    /// <summary>The address <c>::1</c>.</summary>
    public bool IsLoopback => High == 0 && Low == 1;

    /// <summary>ff00::/8.</summary>
    public bool IsMulticast => High >> 56 == 0xff;

    /// <summary>fe80::/10.</summary>
    public bool IsLinkLocal => High >> 54 == 0xfe80 >> 6;

    /// <summary>Reads the first sixteen bytes.</summary>
    public static Ipv6Address Read(ReadOnlySpan<byte> bytes) =>
        new(BigEndian.ReadU64(bytes, 0), BigEndian.ReadU64(bytes, 8));

    /// <summary>Writes sixteen bytes.</summary>
    public void Write(Span<byte> target)
    {
        BigEndian.WriteU64(target, 0, High);
        BigEndian.WriteU64(target, 8, Low);
    }

    /// <summary>Reads the text of RFC 4291 section 2.2, in all three forms; no zone, no prefix length, no
    /// brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Ipv6Address address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[Groups];
        groups.Clear();
        int count = 0, gapAt = -1, at = 0;
        if (text.StartsWith("::")) (gapAt, at) = (0, 2);
        while (at < text.Length)
        {
            if (count == Groups) return false;
            if (TryReadIpv4Tail(text[at..], groups, ref count)) { at = text.Length; break; }
            int start = at;
            uint group = 0;
            for (; at < text.Length && at - start < 4 && char.IsAsciiHexDigit(text[at]); at++)
                group = group << 4 | HexValue(text[at]);
            if (at == start) return false;
            groups[count++] = (ushort)group;
            if (at == text.Length) break;
            if (text[at++] != ':' || at == text.Length) return false;
            if (text[at] != ':') continue;
            if (gapAt >= 0) return false;
            gapAt = count;
            at++;
        }
        if (gapAt < 0 ? count != Groups : count >= Groups) return false;
        if (gapAt >= 0) SpreadGap(groups, gapAt, count);
        ulong high = 0, low = 0;
        for (int i = 0; i < 4; i++) (high, low) = (high << 16 | groups[i], low << 16 | groups[i + 4]);
        address = new Ipv6Address(high, low);
        return true;
    }

    private static bool TryReadIpv4Tail(ReadOnlySpan<char> rest, Span<ushort> groups, ref int count)
    {
        if (count > Groups - 2 || !Ipv4Address.TryParse(rest, out Ipv4Address tail)) return false;
        groups[count++] = (ushort)(tail.Value >> 16);
        groups[count++] = (ushort)tail.Value;
        return true;
    }

    private static void SpreadGap(Span<ushort> groups, int gapAt, int count)
    {
        int behind = count - gapAt;
        for (int i = 1; i <= behind; i++)
        {
            (groups[Groups - i], groups[count - i]) = (groups[count - i], (ushort)0);
        }
    }

    private static uint HexValue(char digit) => (uint)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);

    /// <summary>Same address.</summary>
    public static bool operator ==(Ipv6Address a, Ipv6Address b) => a.High == b.High && a.Low == b.Low;
    /// <summary>Other address.</summary>
    public static bool operator !=(Ipv6Address a, Ipv6Address b) => !(a == b);
    /// <inheritdoc/>
    public bool Equals(Ipv6Address other) => this == other;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ipv6Address other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => (High * 31 + Low).GetHashCode();

    /// <summary>The text of RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as
    /// <c>::</c>.</summary>
    public override string ToString()
    {
        (int gapAt, int gapCount) = LongestGap();
        var text = new StringBuilder(39);
        for (int i = 0; i < Groups; i++)
        {
            if (i == gapAt)
            {
                text.Append("::");
                i += gapCount - 1;
                continue;
            }
            if (i > 0 && i != gapAt + gapCount) text.Append(':');
            text.Append($"{Group(i):x}");
        }
        return text.ToString();
    }

    private (int At, int Count) LongestGap()
    {
        (int bestAt, int bestCount) = (-2, 1);   // one zero group alone is not shortened (RFC 5952 section 4.2.2)
        for (int i = 0; i < Groups; i++)
        {
            int count = 0;
            while (i + count < Groups && Group(i + count) == 0) count++;
            if (count > bestCount) (bestAt, bestCount) = (i, count);
        }
        return bestAt < 0 ? (-Groups, 0) : (bestAt, bestCount);
    }

    private ushort Group(int index) => (ushort)((index < 4 ? High : Low) >> 16 * (3 - (index & 3)));
}
