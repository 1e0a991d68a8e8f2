using System;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects device paths: firmware hands us some that are broken, and must understand ours.</summary>
public class DevicePathTests
{
    private static readonly DevicePathIpv4 Ipv4 = new()
    {
        Local = Samples.OurAddress,
        Remote = Samples.TheirAddress,
        RemotePort = 80,
        Protocol = IpProtocol.Tcp,
        Gateway = Samples.TheirAddress,
        Netmask = new Ipv4Address(255, 255, 255, 0),
    };

    private static readonly byte[] Guid = Golden.Bytes("00*15 07");

    [Fact]
    public void APathIsWritten() =>
        Assert.Equal(
            Samples.BootDevicePath,
            new DevicePathWriter().HardwareVendor(Guid, [0xde, 0xad, 0xbe, 0xef]).Mac(Samples.Us).Ipv4(Ipv4)
                .Uri("http://10.0.2.2/x").End());

    [Fact]
    public void APathIsRead()
    {
        byte[] bytes = [.. Samples.BootDevicePath, 1, 2, 3];
        Assert.True(DevicePath.TryMeasure(bytes, out int length, out _));
        Assert.Equal(Samples.BootDevicePath.Length, length);
        Assert.Equal(Samples.Us, DevicePath.FindMac(bytes));
        Assert.Equal("http://10.0.2.2/x", DevicePath.FindUri(bytes));
        Assert.Null(DevicePath.FindFilePath(bytes));
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(DevicePathNode.TryTake(ref rest, out DevicePathNode node, out _));
        Assert.True(node.TryReadVendor(out ReadOnlySpan<byte> guid, out ReadOnlySpan<byte> data));
        Assert.Equal((7, 4), (guid[15], data.Length));
        Assert.False(node.TryReadMac(out _) || node.TryReadUri(out _) || node.TryReadFilePath(out _));
        Assert.True(DevicePathNode.TryTake(ref rest, out node, out _) && node.TryReadMac(out _));
        Assert.True(DevicePathNode.TryTake(ref rest, out node, out _));
        Assert.True(node.TryReadIpv4(out DevicePathIpv4 ipv4));
        Assert.Equal(Ipv4, ipv4);
    }

    [Theory]
    [InlineData(false, false, false, false, "0008")]   // bits 11:10 are 2: no authentication
    [InlineData(false, false, true, false, "0010")]    // bit 12: one-way CHAP
    [InlineData(false, false, true, true, "0000")]
    [InlineData(true, false, true, true, "0200")]
    [InlineData(false, true, false, false, "0808")]
    [InlineData(true, true, true, false, "0a10")]
    public void AnIscsiNodeIsWritten(bool header, bool data, bool chap, bool mutual, string options)
    {
        byte[] path = new DevicePathWriter().Iscsi(new DevicePathIscsi
        {
            TargetName = "iqn.2025-01.lan:disk", Lun = 0x0001_0000_0000_0000, PortalGroupTag = 0x1234,
            HasHeaderDigest = header, HasDataDigest = data, HasChap = chap, HasMutualChap = mutual,
        }).End();
        Assert.Equal(
            Golden.Bytes($"""
                03 13 2700          ; iSCSI
                0000                ; TCP
                {options}
                0001000000000000    ; LUN as on the wire
                3412                ; portal group
                "iqn.2025-01.lan:disk" 00
                7f ff 0400
                """),
            path);
        Assert.True(DevicePath.TryMeasure(path, out int length, out _));
        Assert.Equal(path.Length, length);
    }

    [Fact]
    public void APathGrowsFromAnother()
    {
        byte[] longer = new DevicePathWriter().Nodes(Samples.BootDevicePath).Vlan(10).MemoryMapped(2, 0x1000, 0x2000)
            .MediaVendor(Guid).FilePath("/EFI/boot.efi").End();
        Assert.Equal(Samples.BootDevicePath[..^4], longer[..(Samples.BootDevicePath.Length - 4)]);
        Assert.Equal(
            Golden.Bytes("""
                03 14 06 00 0a 00
                01 03 18 00 02 00 00 00 00 10 00*6 00 20 00*6
                04 03 14 00 00*15 07
                04 04 20 00 5c 00 45 00 46 00 49 00 5c 00 62 00 6f 00 6f 00 74 00 2e 00 65 00 66 00 69 00 00 00
                7f ff 04 00
                """),
            longer[(Samples.BootDevicePath.Length - 4)..]);
        Assert.Equal("\\EFI\\boot.efi", DevicePath.FindFilePath(longer));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void X9_ANodeShorterThanItsHeaderEndsTheWalk(byte length)
    {
        foreach (int at in new[] { 0, 24, 61 })
        {
            byte[] bytes = (byte[])Samples.BootDevicePath.Clone();
            bytes[at + 2] = length;
            Assert.False(DevicePath.TryMeasure(bytes, out _, out ParseError error));
            Assert.Equal(ParseError.BadLength, error);
            _ = DevicePath.FindMac(bytes);
            _ = DevicePath.FindUri(bytes);
            _ = DevicePath.FindFilePath(bytes);
        }
    }

    [Fact]
    public void X9_AUriNodeNeedNotBeTheLast()
    {
        byte[] path = new DevicePathWriter().Uri("http://a/").FilePath("x").Uri("").End();
        Assert.Equal("http://a/", DevicePath.FindUri(path));
    }

    [Fact]
    public void APathWithoutEndIsRefused()
    {
        for (int length = 0; length < Samples.BootDevicePath.Length; length++)
        {
            Assert.False(DevicePath.TryMeasure(Samples.BootDevicePath.AsSpan(0, length), out _, out _));
        }
        byte[] many = new byte[4 * 100];
        for (int i = 0; i < 100; i++) (many[4 * i], many[4 * i + 2]) = (1, 4);
        Assert.False(DevicePath.TryMeasure(many, out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Fact]
    public void AFilePathMayBeSplitOrLackItsNul()
    {
        byte[] split = new DevicePathWriter().FilePath("\\EFI").FilePath("BOOT").FilePath("\\X.EFI").End();
        Assert.Equal("\\EFI\\BOOT\\X.EFI", DevicePath.FindFilePath(split));
        Assert.Equal("ab", DevicePath.FindFilePath(Golden.Bytes("04 04 09 00 61 00 62 00 63 7f ff 04 00")));
    }

    [Fact]
    public void HttpBootsAddressesNameServerAndVlanAreFound()
    {
        byte[] dns = [3, 31, 21, 0, 0, 10, 0, 0, 53, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] end = new DevicePathWriter().End();
        byte[] path =
        [
            .. new DevicePathWriter().Vlan(42).Ipv4(default)
                .Ipv4(new DevicePathIpv4 { Local = new(10, 0, 0, 7) }).End()[..^4],
            .. dns, .. end,
        ];
        Assert.Equal(42, DevicePath.FindVlan(path));
        Assert.Equal(new Ipv4Address(10, 0, 0, 7), DevicePath.FindIpv4(path)?.Local);
        Assert.Equal(new Ipv4Address(10, 0, 0, 53), DevicePath.FindNameServer(path));

        Assert.Equal(0, DevicePath.FindVlan(end));
        Assert.Null(DevicePath.FindIpv4(end));
        Assert.Null(DevicePath.FindNameServer(end));
        dns[4] = 1;   // IPv6 servers
        Assert.Null(DevicePath.FindNameServer([.. dns, .. end]));
        dns[2] = 20;  // a server cut short
        Assert.Null(DevicePath.FindNameServer([.. dns.AsSpan(0, 20), .. end]));
    }
}
