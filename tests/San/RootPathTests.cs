using Bootlace.San;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the root-path grammar (spec/ipxe-compat.md 6.1) and the addresses of redirections.</summary>
public class RootPathTests
{
    [Theory]
    [InlineData("iscsi:10.0.0.1::::iqn.2010-01.a:b", "10.0.0.1", 3260, 0x0000_0000_0000_0000, "iqn.2010-01.a:b")]
    [InlineData("iscsi:host::3260:0:iqn.x", "host", 3260, 0, "iqn.x")]
    [InlineData(
        "iscsi:host.example.com:6:3261:1:iqn.x:y:z", "host.example.com", 3261, 0x0001_0000_0000_0000, "iqn.x:y:z")]
    [InlineData("iscsi:[2001:db8::1]::3260:1:iqn.x", "2001:db8::1", 3260, 0x0001_0000_0000_0000, "iqn.x")]
    [InlineData("iscsi:[::1]::::iqn.x", "::1", 3260, 0, "iqn.x")]
    [InlineData("ISCSI:host:tcp:0::eui.02004567A425678D", "host", 3260, 0, "eui.02004567A425678D")]
    [InlineData("iscsi:h::65535:Abcd:iqn.x", "h", 65535, unchecked((long)0xabcd_0000_0000_0000), "iqn.x")]
    [InlineData("iscsi:h:::1-2:iqn.x", "h", 3260, 0x0001_0002_0000_0000, "iqn.x")]
    [InlineData("iscsi:h:::4752-3A4F-6b7e-2F99:iqn.x", "h", 3260, 0x4752_3a4f_6b7e_2f99, "iqn.x")]
    [InlineData("iscsi:h:::01:iqn.x::", "h", 3260, 0x0001_0000_0000_0000, "iqn.x::")]
    public void ARootPathIsRead(string text, string server, int port, long lun, string name)
    {
        var expected = new RootPath { Server = server, Port = (ushort)port, Lun = (ulong)lun, TargetName = name };
        Assert.Equal(expected, RootPath.Parse(text));
        Assert.Equal(expected, RootPath.Parse(expected.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("iscsi:")]
    [InlineData("iscsi:host")]
    [InlineData("iscsi:host:::iqn.x")]
    [InlineData("iscsi:host::::")]
    [InlineData("iscsi:::::iqn.x")]
    [InlineData("http://host/x")]
    [InlineData("iscsi:ho st::::iqn.x")]
    [InlineData("iscsi:host::x:0:iqn.x")]
    [InlineData("iscsi:host::65536:0:iqn.x")]
    [InlineData("iscsi:host::-1:0:iqn.x")]
    [InlineData("iscsi:host:::12345:iqn.x")]
    [InlineData("iscsi:host:::1-:iqn.x")]
    [InlineData("iscsi:host:::-1:iqn.x")]
    [InlineData("iscsi:host:::1-2-3-4-5:iqn.x")]
    [InlineData("iscsi:host:::g:iqn.x")]
    [InlineData("iscsi:host:::0x1:iqn.x")]
    [InlineData("iscsi:host:::: ")]
    [InlineData("iscsi:host::::iqn x")]
    [InlineData("iscsi:host::::iqn\0x")]
    [InlineData("iscsi:[2001:db8::1::::iqn.x")]
    [InlineData("iscsi:[host]::::iqn.x")]
    [InlineData("iscsi:[::1]x::::iqn.x")]
    [InlineData("iscsi:[::1]")]
    [InlineData("iscsi:[")]
    public void AnythingElseIsRefused(string text)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => RootPath.Parse(text));
        Assert.Equal(SanFailure.BadRootPath, failure.Kind);
        Assert.Equal(0x1cu, failure.Kind.Code >> 24);
    }

    [Fact]
    public void ATargetNameHasALongestLength()
    {
        Assert.Equal(223, RootPath.Parse($"iscsi:h::::{new string('n', 223)}").TargetName.Length);
        Assert.Throws<BootFailure>(() => RootPath.Parse($"iscsi:h::::{new string('n', 224)}"));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", 3260, null)]
    [InlineData("10.0.0.1:3261", "10.0.0.1", 3261, null)]
    [InlineData("10.0.0.1:3260,1", "10.0.0.1", 3260, 1)]
    [InlineData("10.0.0.1,65535", "10.0.0.1", 3260, 65535)]
    [InlineData("san-2.example.com", "san-2.example.com", 3260, null)]
    [InlineData("san_2:1", "san_2", 1, null)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 3260, null)]
    [InlineData("[2001:db8::1]:3261,2", "2001:db8::1", 3261, 2)]
    [InlineData("2001:db8::1", "2001:db8::1", 3260, null)]
    public void K10_ATargetAddressIsRead(string text, string host, int port, int? group)
    {
        Assert.True(TargetAddress.TryParse(text, out TargetAddress address));
        Assert.Equal(new TargetAddress(host, (ushort)port, (ushort?)group), address);
        Assert.True(TargetAddress.TryParse(address.ToString(), out TargetAddress again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":3260")]
    [InlineData("10.0.0.1:")]
    [InlineData("10.0.0.1:0")]
    [InlineData("10.0.0.1:65536")]
    [InlineData("10.0.0.1:-1")]
    [InlineData("10.0.0.1:x")]
    [InlineData("10.0.0.1:3260,")]
    [InlineData("10.0.0.1:3260,x")]
    [InlineData("10.0.0.1:3260,65536")]
    [InlineData("host name")]
    [InlineData("host\nname")]
    [InlineData("a:b:c")]
    [InlineData("[host]:3260")]
    [InlineData("[2001:db8::1")]
    [InlineData("[2001:db8::1]3260")]
    [InlineData("[]:3260")]
    public void K10_AMalformedTargetAddressIsRefused(string text) => Assert.False(TargetAddress.TryParse(text, out _));
}
