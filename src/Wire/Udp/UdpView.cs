using System;

namespace Bootlace.Wire;

/// <summary>A UDP datagram (RFC 768).</summary>
public readonly ref struct UdpView
{
    /// <summary>Length of the header.</summary>
    public const int HeaderBytes = 8;

    internal const int TargetPortOffset = 2, LengthOffset = 4, ChecksumOffset = 6;

    private readonly ReadOnlySpan<byte> _datagram;

    private UdpView(ReadOnlySpan<byte> datagram) => _datagram = datagram;

    /// <summary>Reads a datagram and verifies its checksum against the addresses of its packet. Checksum 0 means none,
    /// over IPv4 only (RFC 8200 section 8.1). Bytes behind the length field's end are left out.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, IpAddress source, IpAddress target, out UdpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadLength;
        int lengthBytes = BigEndian.ReadU16(bytes, LengthOffset);
        if (lengthBytes < HeaderBytes || lengthBytes > bytes.Length) return false;
        bytes = bytes[..lengthBytes];
        error = ParseError.BadChecksum;
        if (BigEndian.ReadU16(bytes, ChecksumOffset) == 0)
        {
            if (source.IsIpv6) return false;
        }
        else
        {
            InternetChecksum checksum = InternetChecksum.OfPseudoHeader(source, target, IpProtocol.Udp, lengthBytes);
            checksum.Add(bytes);
            if (checksum.Value != 0) return false;
        }
        error = ParseError.None;
        view = new UdpView(bytes);
        return true;
    }

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BigEndian.ReadU16(_datagram, 0);

    /// <summary>The receiver's port.</summary>
    public ushort TargetPort => BigEndian.ReadU16(_datagram, TargetPortOffset);

    /// <summary>What was sent.</summary>
    public ReadOnlySpan<byte> Payload => _datagram[HeaderBytes..];
}
