using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The IPv4 node of a device path (UEFI 2.10 section 10.3.4.12). Firmware that has not bound the addresses to
/// one boot leaves them 0.0.0.0.</summary>
public readonly record struct DevicePathIpv4
{
    internal const int DataBytes = 23, DataBytesOld = 15;   // UEFI 2.3 and older end before gateway and netmask

    /// <summary>Our address.</summary>
    public Ipv4Address Local { get; init; }

    /// <summary>The server's address.</summary>
    public Ipv4Address Remote { get; init; }

    /// <summary>Our port.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>The server's port.</summary>
    public ushort RemotePort { get; init; }

    /// <summary>The protocol used.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Configured by hand, not by DHCP.</summary>
    public bool IsStatic { get; init; }

    /// <summary>The gateway.</summary>
    public Ipv4Address Gateway { get; init; }

    /// <summary>The netmask.</summary>
    public Ipv4Address Netmask { get; init; }

    internal static DevicePathIpv4 Read(ReadOnlySpan<byte> data) => new()
    {
        Local = Ipv4Address.Read(data),
        Remote = Ipv4Address.Read(data[4..]),
        LocalPort = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]),
        RemotePort = BinaryPrimitives.ReadUInt16LittleEndian(data[10..]),
        Protocol = new IpProtocol(data[12]),   // two bytes, little-endian, of which the second is always 0
        IsStatic = data[14] != 0,
        Gateway = data.Length >= DataBytes ? Ipv4Address.Read(data[15..]) : default,
        Netmask = data.Length >= DataBytes ? Ipv4Address.Read(data[19..]) : default,
    };

    internal void Write(Span<byte> data)
    {
        Local.Write(data);
        Remote.Write(data[4..]);
        BinaryPrimitives.WriteUInt16LittleEndian(data[8..], LocalPort);
        BinaryPrimitives.WriteUInt16LittleEndian(data[10..], RemotePort);
        BinaryPrimitives.WriteUInt16LittleEndian(data[12..], Protocol.Value);
        data[14] = IsStatic ? (byte)1 : (byte)0;
        Gateway.Write(data[15..]);
        Netmask.Write(data[19..]);
    }
}
