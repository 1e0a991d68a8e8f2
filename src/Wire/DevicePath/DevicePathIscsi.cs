using System;
using System.Buffers.Binary;
using System.Text;

namespace Bootlace.Wire;

/// <summary>The iSCSI node of a device path (UEFI 2.10 section 10.3.4.21): TCP.</summary>
public readonly record struct DevicePathIscsi
{
    internal const int FixedBytes = 14;

    private const int LunOffset = 4, PortalGroupOffset = 12;
    private const ushort HeaderDigestBit = 1 << 1, DataDigestBit = 1 << 3, NoChapBits = 1 << 11;
    private const ushort OneWayChapBit = 1 << 12;

    /// <summary>The target's name.</summary>
    public required string TargetName { get; init; }

    /// <summary>The LUN's eight bytes as a big-endian number.</summary>
    public ulong Lun { get; init; }

    /// <summary>The target portal group.</summary>
    public ushort PortalGroupTag { get; init; }

    /// <summary>Headers carry a CRC32C.</summary>
    public bool HasHeaderDigest { get; init; }

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool HasDataDigest { get; init; }

    /// <summary>We prove to the target who we are.</summary>
    public bool HasChap { get; init; }

    /// <summary>The target proves to us who it is.</summary>
    public bool HasMutualChap { get; init; }

    // the NUL is not asked for, but EDK2 prints the name up to one (DevPathToTextiSCSI)
    internal int DataBytes => FixedBytes + Encoding.UTF8.GetByteCount(TargetName) + 1;

    internal void Write(Span<byte> data)
    {
        // bytes 0 and 1: network protocol 0, TCP
        BinaryPrimitives.WriteUInt16LittleEndian(data[2..], LoginOptions);
        BigEndian.WriteU64(data, LunOffset, Lun);
        BinaryPrimitives.WriteUInt16LittleEndian(data[PortalGroupOffset..], PortalGroupTag);
        Encoding.UTF8.GetBytes(TargetName, data[FixedBytes..]);
    }

    /// <summary>Bits 1:0 and 3:2 hold the digests, 0 none and 2 CRC32C; bits 11:10 the authentication, 0 CHAP and 2
    /// none; bit 12 is set for one-way CHAP.</summary>
    private ushort LoginOptions
    {
        get
        {
            int options = (HasHeaderDigest ? HeaderDigestBit : 0) | (HasDataDigest ? DataDigestBit : 0);
            if (!HasChap) options |= NoChapBits;
            else if (!HasMutualChap) options |= OneWayChapBit;
            return (ushort)options;
        }
    }
}
