using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>An offer, or what a ProxyDHCP server sends in its place, kept until the best one is known.</summary>
internal sealed class DhcpOffer
{
    private const int PxeMenuCode = 9;   // option 43.9, PXE 2.1 section 2.2.5

    public DhcpOffer(in DhcpView view, Ipv4Address source)
    {
        Packet = view.Message.ToArray();
        Address = view.YourAddress;
        IsBootp = view.Type == DhcpMessageType.Bootp;
        Server = ServerOf(view, source);
        Priority = (sbyte)(view.FindNumber(DhcpOption.Priority) ?? 0);
        ForbidsProxy = view.FindNumber(DhcpOption.NoPxeDhcp) is > 0;
        HasBootFile = view.NextServer.IsHost && view.FindText(DhcpOption.FileName) is not null;
        HasBootInfo = HasBootFile || view.Options.Has(new DhcpTag(43, PxeMenuCode));
        IsProxy = view.TryFind(DhcpOption.VendorClass, out ReadOnlySpan<byte> name) && name.StartsWith("PXEClient"u8);
    }

    /// <summary>Who speaks: option 54, else siaddr, else where the packet came from.</summary>
    public static Ipv4Address ServerOf(in DhcpView view, Ipv4Address source)
    {
        if (view.ServerId is { IsHost: true } named) return named;
        return view.NextServer.IsHost ? view.NextServer : source;
    }

    public byte[] Packet { get; }
    public Ipv4Address Address { get; }
    public Ipv4Address Server { get; }
    public sbyte Priority { get; }

    /// <summary>From a server that knows no DHCP: there is nothing to request.</summary>
    public bool IsBootp { get; }

    /// <summary>It says that no ProxyDHCP server is there to wait for.</summary>
    public bool ForbidsProxy { get; }

    /// <summary>It names server and file to boot from.</summary>
    public bool HasBootFile { get; }

    /// <summary>A boot file, or a PXE menu.</summary>
    public bool HasBootInfo { get; }

    /// <summary>From a ProxyDHCP server, or from a DHCP server that is its own.</summary>
    public bool IsProxy { get; }
}
