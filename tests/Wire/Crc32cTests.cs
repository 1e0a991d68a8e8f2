using System;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the digests of iSCSI: the vectors of RFC 3720 appendix B.4, every length and every cut.</summary>
public class Crc32cTests
{
    [Fact]
    public void TheVectorsOfTheRfcComeOut()
    {
        var bytes = new byte[32];
        AssertDigest("aa36918a", bytes);
        Array.Fill(bytes, (byte)0xff);
        AssertDigest("43aba862", bytes);
        for (int i = 0; i < 32; i++) bytes[i] = (byte)i;
        AssertDigest("4e79dd46", bytes);
        Array.Reverse(bytes);
        AssertDigest("5cdb3f11", bytes);
        AssertDigest("563a96d9", Convert.FromHexString(   // a READ(10) PDU
            "01c00000000000000000000000000000140000000000040000000014000000182800000000000000" + "0200000000000000"));
        Assert.Equal(0xe3069283u, Crc32c.Of("123456789"u8));   // the check value of catalogues
        Assert.Equal(0u, Crc32c.Of([]));
    }

    [Fact]
    public void EveryLengthGivesWhatOneBitAtATimeGivesHoweverItIsCut()
    {
        var bytes = new byte[200];
        new Random(3720).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            uint expected = BitByBit(bytes.AsSpan(0, length));
            Assert.Equal(expected, Crc32c.Of(bytes.AsSpan(0, length)));
            for (int cut = 0; cut <= length; cut++)
            {
                uint first = Crc32c.Of(bytes.AsSpan(0, cut));
                Assert.Equal(expected, Crc32c.Continue(first, bytes.AsSpan(cut, length - cut)));
            }
        }
    }

    [Fact]
    public void K9_EveryFlippedBitShows()
    {
        byte[] bytes = IscsiSamples.ScsiCommand;
        uint good = Crc32c.Of(bytes);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.NotEqual(good, Crc32c.Of(flipped));
        }
    }

    private static void AssertDigest(string hex, byte[] bytes)
    {
        var digest = new byte[4];
        Crc32c.Write(digest, Crc32c.Of(bytes));
        Assert.Equal(hex, Convert.ToHexStringLower(digest));
        Assert.Equal(Crc32c.Of(bytes), Crc32c.Read(digest));
    }

    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }
        return ~crc;
    }
}
