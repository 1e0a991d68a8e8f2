using Bootlace.Wire;

namespace Bootlace.Tests.Net;

/// <summary>Who is who in the tests of the stack.</summary>
internal static class Cast
{
    public static readonly MacAddress OurMac = Mac(0x52, 0x54, 0, 0, 0, 1);
    public static readonly MacAddress PeerMac = Mac(0x52, 0x54, 0, 0, 0, 2);
    public static readonly MacAddress GatewayMac = Mac(0x52, 0x54, 0, 0, 0, 3);
    public static readonly MacAddress StrangerMac = Mac(0x52, 0x54, 0, 0, 0, 4);
    public static readonly Ipv4Address OurIp = new(10, 0, 0, 1);
    public static readonly Ipv4Address PeerIp = new(10, 0, 0, 2);
    public static readonly Ipv4Address GatewayIp = new(10, 0, 0, 254);
    public static readonly Ipv4Address StrangerIp = new(10, 0, 0, 4);
    public static readonly Ipv4Address FarIp = new(192, 0, 2, 7);

    public static MacAddress Mac(params byte[] bytes) => MacAddress.Read(bytes);
}
