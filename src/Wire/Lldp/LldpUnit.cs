using System;

namespace Bootlace.Wire;

/// <summary>What a switch says of itself and of the port we are plugged into (IEEE 802.1AB-2016, clause 8): a list of
/// values, each behind its type (7 bits) and length (9 bits).</summary>
public static class LldpUnit
{
    private const int HeaderBytes = 2, PrefixBytesMax = 4, MandatoryCount = 3, LifetimeBytes = 2;
    private const byte End = 0, Lifetime = 3;

    /// <summary>Verifies all values and measures them, without the end and what pads the frame. The first three must be
    /// the chassis, the port and the lifetime in seconds (clause 8.2).</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int countBytes, out int lifetimeSeconds,
        out ParseError error)
    {
        (countBytes, lifetimeSeconds) = (0, 0);
        ReadOnlySpan<byte> rest = bytes;
        int count = 0;
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, out byte type, out ReadOnlySpan<byte> value, out error)) return false;
            if (type == End) break;
            error = ParseError.BadKind;
            if (++count <= MandatoryCount ? type != count : type <= MandatoryCount) return false;
            error = ParseError.BadLength;
            if (type == Lifetime && value.Length < LifetimeBytes) return false;
            if (type == Lifetime) lifetimeSeconds = BigEndian.ReadU16(value, 0);
            countBytes = bytes.Length - rest.Length;
        }
        error = count < MandatoryCount ? ParseError.TooShort : ParseError.None;
        return count >= MandatoryCount;
    }

    /// <summary>The value of that type which comes after <paramref name="instance"/> others, of those only that begin
    /// with <paramref name="prefix"/>: its lowest <paramref name="prefixBytes"/> bytes, four at most; 0 is
    /// none.</summary>
    public static bool TryFind(
        ReadOnlySpan<byte> unit, byte type, uint prefix, int prefixBytes, int instance, out ReadOnlySpan<byte> value)
    {
        Span<byte> wanted = stackalloc byte[PrefixBytesMax];
        BigEndian.WriteU32(wanted, 0, prefix);
        if (prefix == 0) wanted = default;
        else if (prefixBytes < PrefixBytesMax) wanted = wanted[(PrefixBytesMax - prefixBytes)..];
        while (TryTake(ref unit, out byte found, out value, out _))
        {
            if (found == type && value.StartsWith(wanted) && instance-- == 0) return true;
        }
        return false;
    }

    private static bool TryTake(
        scoped ref ReadOnlySpan<byte> rest, out byte type, out ReadOnlySpan<byte> value, out ParseError error)
    {
        type = End;
        value = default;
        error = ParseError.TooShort;
        if (rest.Length < HeaderBytes) return false;
        ushort header = BigEndian.ReadU16(rest, 0);
        int lengthBytes = header & 0x1ff;
        error = ParseError.BadLength;
        if (lengthBytes > rest.Length - HeaderBytes) return false;
        error = ParseError.None;
        type = (byte)(header >> 9);
        value = rest.Slice(HeaderBytes, lengthBytes);
        rest = rest[(HeaderBytes + lengthBytes)..];
        return true;
    }
}
