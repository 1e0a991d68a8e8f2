using System;

namespace Bootlace.Wire;

/// <summary>A DHCP message from us to a server, byte for byte as iPXE would send it (spec/ipxe-compat.md 4.1): servers
/// are configured against its habits.</summary>
public sealed record DhcpMessage
{
    /// <summary>Longest message we write: 1500 - 20 - 8.</summary>
    public const int BytesMax = 1472;

    private const int BusIdCode = 0xb1, VersionCode = 0xeb;

    /// <summary>Discover or request.</summary>
    public required DhcpMessageType Type { get; init; }

    /// <summary>The transaction.</summary>
    public required uint Xid { get; init; }

    /// <summary>Our card.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Who we are.</summary>
    public required DhcpIdentity Identity { get; init; }

    /// <summary>The seconds field.</summary>
    public ushort Seconds { get; init; }

    /// <summary>Asks for a broadcast reply: the interface already has another address.</summary>
    public bool WantsBroadcast { get; init; }

    /// <summary>The address we have, for requests to a ProxyDHCP server.</summary>
    public Ipv4Address ClientAddress { get; init; }

    /// <summary>The server meant, option 54.</summary>
    public Ipv4Address? ServerId { get; init; }

    /// <summary>The address wanted, option 50.</summary>
    public Ipv4Address? RequestedAddress { get; init; }

    /// <summary>The type of PXE boot server meant, option 43.71; null: the message is about an address.</summary>
    public ushort? BootServerType { get; init; }

    private static ReadOnlySpan<byte> OptionsWanted =>
    [
        1, 3, 6, 7, 12, 15, 17, 26, 42, 43, 60, 66, 67, 119, 121, 128, 129, 130, 131, 132, 133, 134, 135, 175, 203,
    ];

    /// <summary>Writes the message. False if user class, vendor class or features make it too long for
    /// <paramref name="target"/>.</summary>
    public bool TryEmit(Span<byte> target, out int countBytes)
    {
        countBytes = 0;
        if (target.Length < DhcpView.HeaderBytes) return false;
        EmitHeader(target[..DhcpView.HeaderBytes]);
        var writer = new DhcpOptionWriter(target[DhcpView.HeaderBytes..]);
        EmitOptions(ref writer);
        countBytes = DhcpView.HeaderBytes + writer.Count;
        return !writer.IsFull;
    }

    private void EmitHeader(Span<byte> header)
    {
        header.Clear();
        header[0] = DhcpView.BootRequest;
        header[1] = DhcpView.HardwareEthernet;
        header[2] = MacAddress.Bytes;
        BigEndian.WriteU32(header, DhcpView.XidOffset, Xid);
        BigEndian.WriteU16(header, DhcpView.SecondsOffset, Seconds);
        BigEndian.WriteU16(header, DhcpView.FlagsOffset, WantsBroadcast ? DhcpView.BroadcastFlag : (ushort)0);
        ClientAddress.Write(header[DhcpView.ClientAddressOffset..]);
        Mac.Write(header[DhcpView.HardwareAddressOffset..]);
        BigEndian.WriteU32(header, DhcpView.CookieOffset, DhcpView.Cookie);
    }

    private void EmitOptions(ref DhcpOptionWriter writer)
    {
        ushort architecture = Identity.Architecture;
        writer.Add(DhcpOption.MessageType, Type.Value);
        writer.Add(DhcpOption.MaxMessageBytes, BytesMax >> 8, BytesMax & 255);
        writer.Add(DhcpOption.Architecture, (byte)(architecture >> 8), (byte)architecture);
        writer.Add(DhcpOption.NetworkInterface, 1, 3, 10);   // UNDI 3.10
        if (Identity.VendorClass.Length > 0)
            writer.Add(DhcpOption.VendorClass, Identity.VendorClass.Span);
        else
            writer.Add(DhcpOption.VendorClass, PxeVendorClass(architecture));
        if (Identity.UserClass.Length > 0) writer.Add(DhcpOption.UserClass, Identity.UserClass.Span);
        writer.Add(DhcpOption.ParameterRequest, OptionsWanted);
        EmitIpxeOptions(ref writer);
        Span<byte> clientId = stackalloc byte[1 + MacAddress.Bytes];
        clientId[0] = DhcpView.HardwareEthernet;
        Mac.Write(clientId[1..]);
        writer.Add(DhcpOption.ClientId, clientId);
        if (Identity.MachineUuid.Length == 16)
        {
            Span<byte> machineId = stackalloc byte[17];
            machineId[0] = 0;   // kind: UUID, the only one (RFC 4578 section 2.3)
            Identity.MachineUuid.Span.CopyTo(machineId[1..]);
            writer.Add(DhcpOption.MachineId, machineId);
        }
        if (ServerId is Ipv4Address server) writer.AddAddress(DhcpOption.ServerId, server);
        // Sub-option 71: type, then the layer, 0 to begin with; 255 ends the sub-options (PXE 2.1 section 2.2.5).
        if (BootServerType is ushort type)
            writer.Add(DhcpOption.VendorOptions, 71, 4, (byte)(type >> 8), (byte)type, 0, 0, 255);
        if (RequestedAddress is Ipv4Address requested) writer.AddAddress(DhcpOption.RequestedAddress, requested);
        writer.End();
    }

    private void EmitIpxeOptions(ref DhcpOptionWriter writer)
    {
        Span<byte> value = stackalloc byte[255];
        var inner = new DhcpOptionWriter(value);
        if (Identity.BusId.Length > 0) inner.Add(new DhcpTag(BusIdCode), Identity.BusId.Span);
        inner.Add(new DhcpTag(VersionCode), Identity.Version.Major, Identity.Version.Minor, Identity.Version.Patch);
        ReadOnlySpan<byte> features = Identity.Features.Span;
        for (int i = 0; i < features.Length; i++) inner.Add(new DhcpTag(features[i]), 1);
        writer.Add(DhcpOption.IpxeOptions, value[..inner.Count]);
    }

    private static ReadOnlySpan<byte> PxeVendorClass(ushort architecture)
    {
        byte[] text = "PXEClient:Arch:00000:UNDI:003010"u8.ToArray();
        for (int digit = 0; digit < 5; digit++, architecture /= 10) text[19 - digit] = (byte)('0' + architecture % 10);
        return text;
    }
}
