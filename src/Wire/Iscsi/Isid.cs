using System;

namespace Bootlace.Wire;

/// <summary>The initiator's part of a session's identity, 6 bytes (RFC 7143 section 11.12.5). The same name, ISID and
/// target portal group again mean the same session again.</summary>
/// <param name="Value">The 6 bytes as a number.</param>
public readonly record struct Isid(ulong Value)
{
    private const ulong TypeRandom = 0x80;

    /// <summary>One of the type random: 24 random bits, and 16 that tell our own sessions apart.</summary>
    public static Isid FromRandom(uint random, ushort qualifier) =>
        new(TypeRandom << 40 | (ulong)(random & 0xff_ffff) << 16 | qualifier);

    internal static Isid Read(ReadOnlySpan<byte> bytes) => new(BigEndian.ReadU64(bytes, 0) >> 16);

    /// <summary>Writes 6 bytes.</summary>
    internal void Write(Span<byte> target)
    {
        BigEndian.WriteU16(target, 0, (ushort)(Value >> 32));
        BigEndian.WriteU32(target, 2, (uint)Value);
    }
}
