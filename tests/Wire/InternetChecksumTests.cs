using System;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the checksum: the fast one must equal the plain one of RFC 1071 for every length and every
/// cut.</summary>
public class InternetChecksumTests
{
    [Fact]
    public void TheExampleOfTheRfc() =>
        Assert.Equal(0x220d, InternetChecksum.Of([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]));

    [Fact]
    public void EqualsThePlainSumForEveryLength()
    {
        var random = new Random(2);
        var bytes = new byte[300];
        for (int length = 0; length <= bytes.Length; length++)
        {
            random.NextBytes(bytes);
            if (length % 7 == 0) Array.Fill(bytes, (byte)0xff);
            Assert.Equal(Plain(bytes.AsSpan(0, length)), InternetChecksum.Of(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void PiecesOfAnyLengthGiveTheSame()
    {
        var random = new Random(3);
        var bytes = new byte[97];
        random.NextBytes(bytes);
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second += 5)
            {
                var checksum = new InternetChecksum();
                checksum.Add(bytes.AsSpan(0, first));
                checksum.Add(bytes.AsSpan(first, second - first));
                checksum.Add(bytes.AsSpan(second));
                Assert.Equal(Plain(bytes), checksum.Value);
            }
        }
    }

    [Fact]
    public void ThePseudoHeaderCountsForBothFamilies()
    {
        byte[] four = [10, 0, 2, 15, 10, 0, 2, 2, 0, 17, 0, 3, 1, 2, 3];
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(
            new Ipv4Address(10, 0, 2, 15), new Ipv4Address(10, 0, 2, 2), IpProtocol.Udp, 3);
        checksum.Add([1, 2, 3]);
        Assert.Equal(Plain(four), checksum.Value);

        byte[] six = new byte[43];
        new Random(4).NextBytes(six);
        (six[32], six[33], six[34], six[35], six[36], six[37], six[38], six[39]) = (0, 0, 0, 3, 0, 0, 0, 6);
        checksum = InternetChecksum.OfPseudoHeader(
            Ipv6Address.Read(six), Ipv6Address.Read(six.AsSpan(16)), IpProtocol.Tcp, 3);
        checksum.Add(six.AsSpan(40));
        Assert.Equal(Plain(six), checksum.Value);
    }

    private static ushort Plain(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++) sum += (uint)(bytes[i] << (i % 2 == 0 ? 8 : 0));
        while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
