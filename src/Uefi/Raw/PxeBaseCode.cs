using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_PXE_BASE_CODE_PROTOCOL (UEFI 2.10, 24.3): only its Mode is of use to us.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PxeBaseCode
{
    public ulong Revision;
    public void* Start;
    public void* Stop;
    public void* Dhcp;
    public void* Discover;
    public void* Mtftp;
    public void* UdpWrite;
    public void* UdpRead;
    public void* SetIpFilter;
    public void* Arp;
    public void* SetParameters;
    public void* SetStationIp;
    public void* SetPackets;
    public PxeBaseCodeMode* Mode;
}

/// <summary>EFI_PXE_BASE_CODE_MODE up to the last packet we read; the caches that follow are left out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PxeBaseCodeMode
{
    public const int PacketBytes = 1472;

    public byte Started;
    public byte Ipv6Available;
    public byte Ipv6Supported;
    public byte UsingIpv6;
    public byte BisSupported;
    public byte BisDetected;
    public byte AutoArp;
    public byte SendGuid;
    public byte DhcpDiscoverValid;
    public byte DhcpAckReceived;
    public byte ProxyOfferReceived;
    public byte PxeDiscoverValid;
    public byte PxeReplyReceived;
    public byte PxeBisReplyReceived;
    public byte IcmpErrorReceived;
    public byte TftpErrorReceived;
    public byte MakeCallbacks;
    public byte Ttl;
    public byte ToS;
    public byte Padding;                          // EFI_IP_ADDRESS is aligned to 4
    public fixed byte StationIp[16];
    public fixed byte SubnetMask[16];
    public fixed byte DhcpDiscover[PacketBytes];
    public fixed byte DhcpAck[PacketBytes];
    public fixed byte ProxyOffer[PacketBytes];
    public fixed byte PxeDiscover[PacketBytes];
    public fixed byte PxeReply[PacketBytes];
    public fixed byte PxeBisReply[PacketBytes];
}
