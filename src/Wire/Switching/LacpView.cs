using System;

namespace Bootlace.Wire;

/// <summary>What the other end says of a link that may be one of several: a message of LACP (IEEE 802.1AX-2014, clause
/// 6.4.2.3), from the subtype on.</summary>
public readonly ref struct LacpView
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 110;

    internal const byte Subtype = 1, ActorType = 1, PartnerType = 2, CollectorType = 3;
    internal const byte EndBytes = 20, CollectorBytes = 16, Version = 1;
    internal const int ActorOffset = 2, PartnerOffset = 22, CollectorOffset = 42;
    internal const int SystemOffset = 4, StateOffset = 16, EndInformationOffset = 2;

    private readonly ReadOnlySpan<byte> _bytes;

    private LacpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Whether it is one at all: slow protocols share their type of frame.</summary>
    public static bool IsLacp(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && bytes[0] == Subtype;

    /// <summary>Reads a message; what versions later than 1 have behind it is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LacpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < Bytes) return false;
        error = ParseError.BadKind;
        if (bytes[0] != Subtype) return false;
        error = ParseError.BadVersion;
        if (bytes[1] < Version) return false;
        error = ParseError.BadKind;
        if (bytes[ActorOffset] != ActorType || bytes[PartnerOffset] != PartnerType) return false;
        error = ParseError.BadLength;
        if (bytes[ActorOffset + 1] != EndBytes || bytes[PartnerOffset + 1] != EndBytes) return false;
        error = ParseError.None;
        view = new LacpView(bytes);
        return true;
    }

    /// <summary>The station address by which the sender is known.</summary>
    public MacAddress System => MacAddress.Read(_bytes[(ActorOffset + SystemOffset)..]);

    /// <summary>What the sender says of its end.</summary>
    public LacpState State => (LacpState)_bytes[ActorOffset + StateOffset];

    /// <summary>All the sender says of its end, as it wants to hear it back.</summary>
    internal ReadOnlySpan<byte> Actor =>
        _bytes.Slice(ActorOffset + EndInformationOffset, EndBytes - EndInformationOffset);
}
