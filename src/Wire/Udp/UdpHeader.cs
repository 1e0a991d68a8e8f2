using System;

namespace Bootlace.Wire;

/// <summary>The header of a UDP datagram we send.</summary>
public readonly record struct UdpHeader(ushort SourcePort, ushort TargetPort)
{
    /// <summary>Writes header and checksum in front of a payload that already stands in <paramref name="datagram"/>,
    /// which is exactly the datagram; returns the header's length.</summary>
    public int Emit(Span<byte> datagram, IpAddress source, IpAddress target)
    {
        BigEndian.WriteU16(datagram, 0, SourcePort);
        BigEndian.WriteU16(datagram, UdpView.TargetPortOffset, TargetPort);
        BigEndian.WriteU16(datagram, UdpView.LengthOffset, (ushort)datagram.Length);
        BigEndian.WriteU16(datagram, UdpView.ChecksumOffset, 0);
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(source, target, IpProtocol.Udp, datagram.Length);
        checksum.Add(datagram);
        ushort value = checksum.Value;
        // 0 would mean none
        BigEndian.WriteU16(datagram, UdpView.ChecksumOffset, value == 0 ? (ushort)0xffff : value);
        return UdpView.HeaderBytes;
    }
}
