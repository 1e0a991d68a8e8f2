using System;

namespace Bootlace.Wire;

/// <summary>The header of a frame we send, with or without a VLAN tag.</summary>
public readonly record struct EthernetHeader(MacAddress Target, MacAddress Source, EtherType Type, VlanTag? Tag = null)
{
    /// <summary>Shortest frame without FCS; senders pad to it.</summary>
    public const int FrameBytesMin = 60;

    /// <summary>Length of what <see cref="Emit"/> writes.</summary>
    public int Bytes => EthernetView.HeaderBytes + (Tag is null ? 0 : VlanTag.Bytes);

    /// <summary>Writes the header; returns its length.</summary>
    public int Emit(Span<byte> target)
    {
        Target.Write(target);
        Source.Write(target[MacAddress.Bytes..]);
        int at = 2 * MacAddress.Bytes;
        if (Tag is VlanTag tag)
        {
            BigEndian.WriteU16(target, at, EtherType.Vlan.Value);
            BigEndian.WriteU16(target, at + 2, tag.Value);
            at += VlanTag.Bytes;
        }
        BigEndian.WriteU16(target, at, Type.Value);
        return at + 2;
    }
}
