using System;

namespace Bootlace.Wire;

/// <summary>An ARP message for IPv4 on Ethernet, to send (RFC 826).</summary>
public readonly record struct ArpMessage(
    ArpOperation Operation,
    MacAddress SourceMac,
    Ipv4Address SourceAddress,
    MacAddress TargetMac,
    Ipv4Address TargetAddress)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 28;

    internal const int HardwareOffset = 0, ProtocolOffset = 2, LengthsOffset = 4, OperationOffset = 6;
    internal const int SourceMacOffset = 8, SourceAddressOffset = 14, TargetMacOffset = 18, TargetAddressOffset = 24;
    internal const ushort HardwareEthernet = 1;

    /// <summary>Writes the message; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        BigEndian.WriteU16(target, HardwareOffset, HardwareEthernet);
        BigEndian.WriteU16(target, ProtocolOffset, EtherType.Ipv4.Value);
        target[LengthsOffset] = MacAddress.Bytes;
        target[LengthsOffset + 1] = Ipv4Address.Bytes;
        BigEndian.WriteU16(target, OperationOffset, Operation.Value);
        SourceMac.Write(target[SourceMacOffset..]);
        SourceAddress.Write(target[SourceAddressOffset..]);
        TargetMac.Write(target[TargetMacOffset..]);
        TargetAddress.Write(target[TargetAddressOffset..]);
        return Bytes;
    }
}
