using System;

namespace Bootlace.Wire;

/// <summary>The header of an IPv4 packet we send: no options, never cut by routers unless asked for, DSCP 0.</summary>
public readonly record struct Ipv4Header(
    Ipv4Address Source, Ipv4Address Target, IpProtocol Protocol, ushort Identification)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = Ipv4View.HeaderBytesMin;

    /// <summary>Routers it may pass.</summary>
    public byte TimeToLive { get; init; } = 64;

    /// <summary>Forbids routers to cut it; off by default, as nobody here would act on the complaint.</summary>
    public bool DontFragment { get; init; }

    /// <summary>More fragments follow; the payload is then a multiple of 8 bytes.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where the payload belongs in the whole packet's payload, a multiple of 8.</summary>
    public int FragmentOffsetBytes { get; init; }

    /// <summary>Writes the header for a payload of that length; returns the header's length.</summary>
    public int Emit(Span<byte> target, int payloadBytes)
    {
        Check.That(payloadBytes >= 0 && payloadBytes <= Ipv4View.PacketBytesMax - Bytes);
        Check.That(FragmentOffsetBytes % 8 == 0 && FragmentOffsetBytes >> 3 <= Ipv4View.OffsetMask);
        BigEndian.WriteU16(target, 0, 0x4500);   // version 4, five words of header; DSCP and ECN 0
        BigEndian.WriteU16(target, Ipv4View.TotalLengthOffset, (ushort)(Bytes + payloadBytes));
        BigEndian.WriteU16(target, Ipv4View.IdentificationOffset, Identification);
        int fragment = (DontFragment ? Ipv4View.DontFragmentBit : 0) | (MoreFragments ? Ipv4View.MoreFragmentsBit : 0);
        BigEndian.WriteU16(target, Ipv4View.FragmentOffset, (ushort)(fragment | FragmentOffsetBytes >> 3));
        target[Ipv4View.TimeToLiveOffset] = TimeToLive;
        target[Ipv4View.ProtocolOffset] = Protocol.Value;
        BigEndian.WriteU16(target, Ipv4View.ChecksumOffset, 0);
        Source.Write(target[Ipv4View.SourceOffset..]);
        Target.Write(target[Ipv4View.TargetOffset..]);
        BigEndian.WriteU16(target, Ipv4View.ChecksumOffset, InternetChecksum.Of(target[..Bytes]));
        return Bytes;
    }
}
