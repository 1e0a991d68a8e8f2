using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects addresses as text and number: what scripts and servers write is read, everything else is refused.
/// </summary>
public class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("10.0.2.15", 0x0a00020fu)]
    [InlineData("255.255.255.255", 0xffffffffu)]
    public void Ipv4TextIsReadAndWritten(string text, uint value)
    {
        Assert.True(Ipv4Address.TryParse(text, out Ipv4Address address));
        Assert.Equal(value, address.Value);
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.")]
    [InlineData("1.2.3.4 ")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1..3.4")]
    [InlineData("256.1.1.1")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.0x4")]
    [InlineData("1.2.3.-4")]
    [InlineData("1.2.3.4444")]
    public void OtherTextIsNoIpv4Address(string text) => Assert.False(Ipv4Address.TryParse(text, out _));

    [Theory]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("0:0:0:0:0:0:0:0", "::")]
    [InlineData("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0")]
    [InlineData("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8")]
    [InlineData("::ffff:10.0.2.15", "::ffff:a00:20f")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("fe80::5054:ff:fe12:3456", "fe80::5054:ff:fe12:3456")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")]
    public void Ipv6TextIsReadAndWrittenShortest(string text, string shortest)
    {
        Assert.True(Ipv6Address.TryParse(text, out Ipv6Address address));
        Assert.Equal(shortest, address.ToString());
        Assert.Equal(System.Net.IPAddress.Parse(text).GetAddressBytes(), Written(address));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("::1.2.3")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1.2.3.4::")]
    public void OtherTextIsNoIpv6Address(string text) => Assert.False(Ipv6Address.TryParse(text, out _));

    [Fact]
    public void AnyIpv6AddressComesBackFromItsText()
    {
        var random = new System.Random(1);
        var bytes = new byte[16];
        for (int i = 0; i < 5000; i++)
        {
            random.NextBytes(bytes);
            for (int group = 0; group < 8; group++)
            {
                if (random.Next(2) == 0) continue;
                (bytes[2 * group], bytes[2 * group + 1]) = (0, (byte)(random.Next(3) == 0 ? 1 : 0));
            }
            Ipv6Address address = Ipv6Address.Read(bytes);
            Assert.True(Ipv6Address.TryParse(address.ToString(), out Ipv6Address back));
            Assert.Equal(address, back);
            Assert.Equal(bytes, Written(back));
            Assert.Equal(bytes, System.Net.IPAddress.Parse(address.ToString()).GetAddressBytes());
        }
    }

    [Fact]
    public void AnAddressKnowsItsFamily()
    {
        Assert.True(IpAddress.TryParse("10.0.0.1", out IpAddress four));
        Assert.True(four.IsIpv4 && four.Ipv4 == new Ipv4Address(10, 0, 0, 1));
        Assert.True(IpAddress.TryParse("::a00:1", out IpAddress six) && six.IsIpv6 && six.ToString() == "::a00:1");
        Assert.NotEqual(four, six);
        Assert.False(IpAddress.TryParse("boot.example", out _));
    }

    [Theory]
    [InlineData("255.255.255.0", 24)]
    [InlineData("255.255.255.255", 32)]
    [InlineData("0.0.0.0", 0)]
    [InlineData("255.128.0.0", 9)]
    public void ANetmaskIsAPrefixLength(string netmask, int prefixLength)
    {
        Assert.True(Ipv4Address.TryParse(netmask, out Ipv4Address mask));
        Assert.True(Ipv4Address.TryGetPrefixLength(mask, out int found));
        Assert.Equal(prefixLength, found);
    }

    [Fact]
    public void ANetmaskWithAHoleIsNone() =>
        Assert.False(Ipv4Address.TryGetPrefixLength(new Ipv4Address(255, 0, 255, 0), out _));

    [Fact]
    public void SubnetsFollowFromThePrefixLength()
    {
        var address = new Ipv4Address(192, 168, 7, 9);
        Assert.Equal(24, address.ClassPrefixLength);
        Assert.Equal(16, new Ipv4Address(172, 16, 0, 1).ClassPrefixLength);
        Assert.Equal(8, new Ipv4Address(10, 0, 0, 1).ClassPrefixLength);
        Assert.True(address.SharesPrefix(new Ipv4Address(192, 168, 7, 200), 24));
        Assert.False(address.SharesPrefix(new Ipv4Address(192, 168, 8, 9), 24));
        Assert.True(address.SharesPrefix(new Ipv4Address(8, 8, 8, 8), 0));
        Assert.Equal(new Ipv4Address(192, 168, 7, 255), address.SubnetBroadcast(24));
        Assert.Equal(address, address.SubnetBroadcast(32));
    }

    private static byte[] Written(Ipv6Address address)
    {
        var bytes = new byte[16];
        address.Write(bytes);
        return bytes;
    }
}
