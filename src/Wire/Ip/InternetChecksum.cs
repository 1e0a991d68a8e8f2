using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The Internet checksum (RFC 1071), added up over any number of pieces of any length.</summary>
/// <remarks>Sums little-endian 32-bit halves of 64-bit words in two accumulators, which needs no carries and works on
/// any payload of less than 2^32 words; the byte order is put right once, at the end (RFC 1071 section 2(B)).</remarks>
public struct InternetChecksum
{
    private ulong _sum;      // little-endian 16-bit columns, carries above
    private bool _isOdd;     // the pieces so far have an odd length: the next byte is the high half of a column

    /// <summary>The checksum of one run of bytes. Over bytes that contain a right checksum it is 0.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new InternetChecksum();
        checksum.Add(bytes);
        return checksum.Value;
    }

    /// <summary>A checksum that has already seen the pseudo-header of UDP, TCP or ICMPv6: RFC 768 and RFC 9293 section
    /// 3.1 for IPv4, RFC 8200 section 8.1 for IPv6. Both addresses are of one family.</summary>
    public static InternetChecksum OfPseudoHeader(
        IpAddress source, IpAddress target, IpProtocol protocol, int lengthBytes)
    {
        var checksum = new InternetChecksum();
        if (source.IsIpv4)
        {
            checksum.AddNumber(source.Ipv4.Value);
            checksum.AddNumber(target.Ipv4.Value);
        }
        else
        {
            checksum.AddNumber(source.Ipv6.High);
            checksum.AddNumber(source.Ipv6.Low);
            checksum.AddNumber(target.Ipv6.High);
            checksum.AddNumber(target.Ipv6.Low);
        }
        checksum.AddNumber((uint)lengthBytes);
        checksum.AddNumber(protocol.Value);
        return checksum;
    }

    /// <summary>The checksum of everything added, as the number to write in network byte order.</summary>
    public readonly ushort Value => (ushort)~BinaryPrimitives.ReverseEndianness(Fold(_sum));

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ushort sum = Fold(Sum(bytes));
        _sum += _isOdd ? BinaryPrimitives.ReverseEndianness(sum) : sum;
        _isOdd ^= (bytes.Length & 1) != 0;
    }

    private void AddNumber(ulong value)
    {
        ulong columns = BinaryPrimitives.ReverseEndianness(value);
        _sum += (columns & 0xffff_ffff) + (columns >> 32);
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong low = 0, high = 0;
        while (bytes.Length >= 32)
        {
            ulong a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            ulong b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
            ulong c = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
            ulong d = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
            low += (ulong)(uint)a + (uint)b + (uint)c + (uint)d;
            high += (a >> 32) + (b >> 32) + (c >> 32) + (d >> 32);
            bytes = bytes[32..];
        }
        while (bytes.Length >= 4)
        {
            low += BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            bytes = bytes[4..];
        }
        for (int i = 0; i < bytes.Length; i++) low += (ulong)bytes[i] << 8 * i;
        return low + high;
    }

    private static ushort Fold(ulong sum)
    {
        sum = (sum & 0xffff_ffff) + (sum >> 32);
        sum = (sum & 0xffff_ffff) + (sum >> 32);
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)((sum & 0xffff) + (sum >> 16));
    }
}
