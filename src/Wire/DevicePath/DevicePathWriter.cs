using System;
using System.Buffers.Binary;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Builds a UEFI device path node by node.</summary>
public sealed class DevicePathWriter
{
    private byte[] _bytes = new byte[128];
    private int _count;

    /// <summary>Adds the nodes of a path, its end node left out. The path has been verified by
    /// <see cref="DevicePath.TryMeasure"/>.</summary>
    public DevicePathWriter Nodes(ReadOnlySpan<byte> path)
    {
        while (path.Length > 0)
        {
            Check.That(DevicePathNode.TryTake(ref path, out DevicePathNode node, out _));
            if (node.IsEnd) break;
            node.Data.CopyTo(Node(node.Type, node.SubType, node.Data.Length));
        }
        return this;
    }

    /// <summary>Adds a MAC node (section 10.3.4.11).</summary>
    public DevicePathWriter Mac(MacAddress address)
    {
        Span<byte> data = Node(DevicePathNode.Messaging, DevicePathNode.Mac, 33);
        address.Write(data);
        data[32] = 1;   // interface type: Ethernet
        return this;
    }

    /// <summary>Adds an IPv4 node (section 10.3.4.12).</summary>
    public DevicePathWriter Ipv4(in DevicePathIpv4 value)
    {
        value.Write(Node(DevicePathNode.Messaging, DevicePathNode.Ipv4, DevicePathIpv4.DataBytes));
        return this;
    }

    /// <summary>Adds an iSCSI node (section 10.3.4.21).</summary>
    public DevicePathWriter Iscsi(in DevicePathIscsi value)
    {
        value.Write(Node(DevicePathNode.Messaging, DevicePathNode.Iscsi, value.DataBytes));
        return this;
    }

    /// <summary>Adds a VLAN node (section 10.3.4.13).</summary>
    public DevicePathWriter Vlan(int id)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Node(DevicePathNode.Messaging, DevicePathNode.Vlan, 2), (ushort)id);
        return this;
    }

    /// <summary>Adds a URI node (section 10.3.4.23).</summary>
    public DevicePathWriter Uri(string uri)
    {
        Encoding.UTF8.GetBytes(
            uri, Node(DevicePathNode.Messaging, DevicePathNode.Uri, Encoding.UTF8.GetByteCount(uri)));
        return this;
    }

    /// <summary>Adds a file path node (section 10.3.5.4); the path is written with backslashes.</summary>
    public DevicePathWriter FilePath(string path)
    {
        Span<byte> data = Node(DevicePathNode.Media, DevicePathNode.FilePath, 2 * path.Length + 2);
        for (int i = 0; i < path.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data[(2 * i)..], path[i] == '/' ? '\\' : path[i]);
        }
        return this;
    }

    /// <summary>Adds a media vendor node (section 10.3.5.3): the GUID as its 16 bytes in memory.</summary>
    public DevicePathWriter MediaVendor(ReadOnlySpan<byte> guid, ReadOnlySpan<byte> data = default) =>
        Vendor(DevicePathNode.Media, DevicePathNode.MediaVendor, guid, data);

    /// <summary>Adds a hardware vendor node (section 10.3.2.4): the GUID as its 16 bytes in memory.</summary>
    public DevicePathWriter HardwareVendor(ReadOnlySpan<byte> guid, ReadOnlySpan<byte> data = default) =>
        Vendor(DevicePathNode.Hardware, DevicePathNode.HardwareVendor, guid, data);

    /// <summary>Adds a memory-mapped node (section 10.3.2.3); the memory type is an EFI_MEMORY_TYPE.</summary>
    public DevicePathWriter MemoryMapped(uint memoryType, ulong start, ulong end)
    {
        Span<byte> data = Node(DevicePathNode.Hardware, DevicePathNode.MemoryMapped, 20);
        BinaryPrimitives.WriteUInt32LittleEndian(data, memoryType);
        BinaryPrimitives.WriteUInt64LittleEndian(data[4..], start);
        BinaryPrimitives.WriteUInt64LittleEndian(data[12..], end);
        return this;
    }

    /// <summary>The nodes so far, without an end node.</summary>
    public byte[] ToNodes() => _bytes.AsSpan(0, _count).ToArray();

    /// <summary>Ends the path and gives its bytes.</summary>
    public byte[] End()
    {
        Node(DevicePathNode.End, DevicePathNode.EndOfPath, 0);
        return _bytes.AsSpan(0, _count).ToArray();
    }

    private DevicePathWriter Vendor(byte type, byte subType, ReadOnlySpan<byte> guid, ReadOnlySpan<byte> vendorData)
    {
        Check.That(guid.Length == 16);
        Span<byte> data = Node(type, subType, 16 + vendorData.Length);
        guid.CopyTo(data);
        vendorData.CopyTo(data[16..]);
        return this;
    }

    private Span<byte> Node(byte type, byte subType, int dataBytes)
    {
        int countBytes = DevicePathNode.HeaderBytes + dataBytes;
        Check.That(countBytes <= ushort.MaxValue);
        if (countBytes > _bytes.Length - _count) Array.Resize(ref _bytes, 2 * (_count + countBytes));
        Span<byte> node = _bytes.AsSpan(_count, countBytes);
        node.Clear();
        node[0] = type;
        node[1] = subType;
        BinaryPrimitives.WriteUInt16LittleEndian(node[2..], (ushort)countBytes);
        _count += countBytes;
        return node[DevicePathNode.HeaderBytes..];
    }
}
