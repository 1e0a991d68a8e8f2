using System;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Takes over what the firmware's own PXE or HTTP boot had configured, so that settings and network work
/// before any
/// <c>dhcp</c> (spec/ipxe-compat.md 4.3).</summary>
internal static class FirmwareLease
{
    /// <summary>Opens the card we were loaded through, or its VLAN that our device path names, and registers the
    /// firmware's packets or path as settings. False when there is nothing to take over.</summary>
    public static bool Adopt(BootSource source, NetworkPorts ports)
    {
        if (FindPort(source, ports) is not { } port) return false;
        if (IsReply(source.DhcpAck))
        {
            port.Open();
            port.Adopt(new LeasePackets(source.DhcpAck, IsReply(source.ProxyOffer) ? source.ProxyOffer : default));
            if (IsReply(source.PxeReply))
                ports.Settings.Register(new DhcpBlock("pxebs", source.PxeReply), ports.Settings.Root);
            return true;
        }
        if (source.PathLease is not { } path || path.Local.IsUnspecified) return false;
        port.Open();
        AdoptPath(path, source.PathNameServer, port, ports.Settings);
        return true;
    }

    /// <summary>The URI we ourselves came from: the first <c>${cwuri}</c>; null: unknown.</summary>
    public static BootUri? FindOrigin(BootSource source)
    {
        try
        {
            if (source.Uri is { } uri) return BootUri.Parse(uri);
            if (source.VolumePath is { } path) return OfVolume(path);
            return OfPacket(source.PxeReply, source) ?? OfPacket(source.ProxyOffer, source)
                ?? OfPacket(source.DhcpAck, source);
        }
        catch (BootFailure)
        {
            return null;   // the firmware's own idea of a URI is no failure of the boot
        }
    }

    /// <summary>The <c>file:</c> URI of a path on our own volume.</summary>
    public static BootUri OfVolume(string path) =>
        BootUri.Parse("file:/" + PercentEncoding.EncodeText(path.Replace('\\', '/').TrimStart('/'), "?#"));

    /// <summary>The interface we were loaded through, made if it is a VLAN that is not there yet; null: none.</summary>
    public static InterfacePort? FindPort(BootSource source, NetworkPorts ports)
    {
        foreach (InterfacePort port in ports.Ports)
        {
            if (port.Card.Trunk is not null || port.Card.Device.Address != source.NicAddress) continue;
            return IsVlan(source.VlanId) ? ports.CreateVlan(port, VlanTag.Of(source.VlanId, 0)) : port;
        }
        return null;
    }

    private static bool IsVlan(int id) => id is >= VlanDevice.IdMin and <= VlanDevice.IdMax;

    private static bool IsReply(ReadOnlyMemory<byte> packet) =>
        DhcpView.TryRead(packet.Span, out DhcpView view, out _) && view.IsReply;

    private static BootUri? OfPacket(ReadOnlyMemory<byte> packet, BootSource source)
    {
        if (!IsReply(packet)) return null;
        var block = new DhcpBlock("", packet);
        string named = block.FileName ?? "";
        string loaded = (source.NetworkPath ?? "").Replace('\\', '/').TrimStart('/');
        // What the lease names is what U-Boot may load, but its user can have asked for another file.
        string file = loaded.Length == 0 || named.EndsWith(loaded) ? named : loaded;
        return file.Length > 0 && block.BootServer.Length > 0
            ? BootUri.FromServerAndFilename(block.BootServer, file) : null;
    }

    /// <summary>HTTP boot leaves no packets, but its device path names address, mask and gateway. A later lease is
    /// asked before it.</summary>
    private static void AdoptPath(
        DevicePathIpv4 path, Ipv4Address? nameServer, InterfacePort port, SettingsStore settings)
    {
        var block = new PlainBlock("firmware", order: -1);
        Store(block, "ip", path.Local);
        Store(block, "netmask", path.Netmask);
        Store(block, "gateway", path.Gateway);
        Store(block, "dns", nameServer ?? default);
        settings.Register(block, port.Block);
    }

    private static void Store(PlainBlock block, string name, Ipv4Address address)
    {
        if (address.IsUnspecified) return;
        byte[] value = new byte[Ipv4Address.Bytes];
        address.Write(value);
        block.Store(DeclaredSettings.Resolve(name, null), value);
    }
}
