using System;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>Puts the checksums of mutated packets right, as far as they still have a place for one.</summary>
internal static class Checksums
{
    public static void RepairIpv4(byte[] packet)
    {
        if (packet.Length < 20) return;
        int headerBytes = Math.Min(Math.Max(20, (packet[0] & 15) * 4), packet.Length);
        Put(packet, 10, () => InternetChecksum.Of(packet.AsSpan(0, headerBytes)));
    }

    public static void RepairIcmp(byte[] message)
    {
        if (message.Length >= 4) Put(message, 2, () => InternetChecksum.Of(message));
    }

    public static void RepairUdp(byte[] datagram)
    {
        if (datagram.Length < 8) return;
        int lengthBytes = Math.Min(BigEndian.ReadU16(datagram, 4), (ushort)datagram.Length);
        Put(datagram, 6, () => WithPseudoHeader(datagram.AsSpan(0, lengthBytes), IpProtocol.Udp));
    }

    public static void RepairTcp(byte[] segment)
    {
        if (segment.Length >= 20) Put(segment, 16, () => WithPseudoHeader(segment, IpProtocol.Tcp));
    }

    private static ushort WithPseudoHeader(ReadOnlySpan<byte> bytes, IpProtocol protocol)
    {
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(
            Samples.OurAddress, Samples.TheirAddress, protocol, bytes.Length);
        checksum.Add(bytes);
        return checksum.Value;
    }

    private static void Put(byte[] bytes, int offset, Func<ushort> compute)
    {
        BigEndian.WriteU16(bytes, offset, 0);
        BigEndian.WriteU16(bytes, offset, compute());
    }
}
