using System;

namespace Bootlace.Wire;

/// <summary>An IPv4 packet, whole or a fragment (RFC 791).</summary>
public readonly ref struct Ipv4View
{
    /// <summary>Length of the header without options.</summary>
    public const int HeaderBytesMin = 20;

    /// <summary>Longest packet there can be, and so the end of the furthest fragment.</summary>
    public const int PacketBytesMax = 65535;

    internal const int TotalLengthOffset = 2, IdentificationOffset = 4, FragmentOffset = 6, TimeToLiveOffset = 8;
    internal const int ProtocolOffset = 9, ChecksumOffset = 10, SourceOffset = 12, TargetOffset = 16;
    internal const ushort DontFragmentBit = 0x4000, MoreFragmentsBit = 0x2000, OffsetMask = 0x1fff;

    private const byte EndOfOptions = 0, NoOperation = 1, LooseSourceRoute = 131, StrictSourceRoute = 137;

    private readonly ReadOnlySpan<byte> _packet;

    private Ipv4View(ReadOnlySpan<byte> packet, bool hasSourceRoute)
    {
        _packet = packet;
        HasSourceRoute = hasSourceRoute;
    }

    /// <summary>Reads a packet and verifies its header: version, lengths, checksum, options, fragment fields. Bytes
    /// behind the total length, the link's padding, are left out.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv4View view, out ParseError error)
    {
        view = default;
        error = Judge(bytes, out bool hasSourceRoute);
        if (error != ParseError.None) return false;
        view = new Ipv4View(bytes[..BigEndian.ReadU16(bytes, TotalLengthOffset)], hasSourceRoute);
        return true;
    }

    private static ParseError Judge(ReadOnlySpan<byte> bytes, out bool hasSourceRoute)
    {
        hasSourceRoute = false;
        if (bytes.Length < HeaderBytesMin) return ParseError.TooShort;
        if (bytes[0] >> 4 != 4) return ParseError.BadVersion;
        int headerBytes = (bytes[0] & 15) * 4;
        if (headerBytes < HeaderBytesMin) return ParseError.BadLength;
        int totalBytes = BigEndian.ReadU16(bytes, TotalLengthOffset);
        if (totalBytes < headerBytes || totalBytes > bytes.Length) return ParseError.BadLength;
        if (InternetChecksum.Of(bytes[..headerBytes]) != 0) return ParseError.BadChecksum;
        if (headerBytes > HeaderBytesMin && !TryWalkOptions(bytes[HeaderBytesMin..headerBytes], out hasSourceRoute))
            return ParseError.BadOption;
        ushort fragment = BigEndian.ReadU16(bytes, FragmentOffset);
        if ((fragment & (MoreFragmentsBit | OffsetMask)) == 0) return ParseError.None;

        // A fragment that is not the last is a multiple of 8 bytes and not empty, and none may end past the longest
        // packet: reassembly relies on it.
        int payloadBytes = totalBytes - headerBytes;
        if (payloadBytes == 0) return ParseError.BadFragment;
        if ((fragment & MoreFragmentsBit) != 0 && payloadBytes % 8 != 0) return ParseError.BadFragment;
        if (payloadBytes > PacketBytesMax - headerBytes - (fragment & OffsetMask) * 8) return ParseError.BadFragment;
        return ParseError.None;
    }

    private static bool TryWalkOptions(ReadOnlySpan<byte> options, out bool hasSourceRoute)
    {
        hasSourceRoute = false;
        while (options.Length > 0 && options[0] != EndOfOptions)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }
            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length) return false;
            hasSourceRoute |= options[0] is LooseSourceRoute or StrictSourceRoute;
            options = options[options[1]..];
        }
        return true;
    }

    /// <summary>Length of the header with its options.</summary>
    public int HeaderBytes => (_packet[0] & 15) * 4;

    /// <summary>The identification that fragments of one packet share.</summary>
    public ushort Identification => BigEndian.ReadU16(_packet, IdentificationOffset);

    /// <summary>Routers may not cut it.</summary>
    public bool DontFragment => (BigEndian.ReadU16(_packet, FragmentOffset) & DontFragmentBit) != 0;

    /// <summary>More of the packet follows in another fragment.</summary>
    public bool MoreFragments => (BigEndian.ReadU16(_packet, FragmentOffset) & MoreFragmentsBit) != 0;

    /// <summary>Where the payload belongs in the whole packet's payload.</summary>
    public int FragmentOffsetBytes => (BigEndian.ReadU16(_packet, FragmentOffset) & OffsetMask) * 8;

    /// <summary>Part of a packet, not all of it.</summary>
    public bool IsFragment => (BigEndian.ReadU16(_packet, FragmentOffset) & (MoreFragmentsBit | OffsetMask)) != 0;

    /// <summary>Routers left to pass.</summary>
    public byte TimeToLive => _packet[TimeToLiveOffset];

    /// <summary>What the payload is.</summary>
    public IpProtocol Protocol => new(_packet[ProtocolOffset]);

    /// <summary>From whom.</summary>
    public Ipv4Address Source => Ipv4Address.Read(_packet[SourceOffset..]);

    /// <summary>To whom.</summary>
    public Ipv4Address Target => Ipv4Address.Read(_packet[TargetOffset..]);

    /// <summary>The sender chose the route: a way round filters that hosts refuse.</summary>
    public bool HasSourceRoute { get; }

    /// <summary>The options, well formed; no boot loader needs one.</summary>
    public ReadOnlySpan<byte> Options => _packet[HeaderBytesMin..HeaderBytes];

    /// <summary>The payload, without padding.</summary>
    public ReadOnlySpan<byte> Payload => _packet[HeaderBytes..];

    /// <summary>Header and payload, without padding.</summary>
    public ReadOnlySpan<byte> Packet => _packet;
}
