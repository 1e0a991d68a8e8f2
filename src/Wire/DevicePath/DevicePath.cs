using System;
using System.Collections.Generic;

namespace Bootlace.Wire;

/// <summary>A whole UEFI device path: nodes up to and with the end node.</summary>
public static class DevicePath
{
    /// <summary>Nodes walked, at most.</summary>
    public const int NodesMax = 64;

    /// <summary>Verifies all nodes and measures the path, its end node included. Bytes behind the end are
    /// nobody's.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int countBytes, out ParseError error)
    {
        countBytes = 0;
        ReadOnlySpan<byte> rest = bytes;
        for (int count = 0; count < NodesMax; count++)
        {
            if (!DevicePathNode.TryTake(ref rest, out DevicePathNode node, out error)) return false;
            if (!node.IsEnd) continue;
            countBytes = bytes.Length - rest.Length;
            return true;
        }
        error = ParseError.TooMany;
        return false;
    }

    /// <summary>The nodes in front of the end.</summary>
    public static DevicePathNodes Nodes(ReadOnlySpan<byte> path) => new(path);

    /// <summary>The URI of the last URI node in front of the end: other nodes may follow it. Null without
    /// one.</summary>
    public static string? FindUri(ReadOnlySpan<byte> path)
    {
        string? found = null;
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadUri(out string uri) && uri.Length > 0) found = uri;
        }
        return found;
    }

    /// <summary>The station address of the first MAC node; null without one.</summary>
    public static MacAddress? FindMac(ReadOnlySpan<byte> path)
    {
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadMac(out MacAddress address)) return address;
        }
        return null;
    }

    /// <summary>The file path, of all file path nodes joined (UEFI 2.10 section 10.3.5.4: a long path may be split);
    /// null without one.</summary>
    public static string? FindFilePath(ReadOnlySpan<byte> path)
    {
        string? found = null;
        foreach (DevicePathNode node in Nodes(path))
        {
            if (!node.TryReadFilePath(out string part)) continue;
            bool joins = found is { Length: > 0 } && !found.EndsWith('\\') && !part.StartsWith('\\');
            found = joins ? found + "\\" + part : found + part;
        }
        return found;
    }

    /// <summary>The first IPv4 node that names our address; null without one: PXE leaves its nodes empty.</summary>
    public static DevicePathIpv4? FindIpv4(ReadOnlySpan<byte> path)
    {
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadIpv4(out DevicePathIpv4 value) && value.Local != default) return value;
        }
        return null;
    }

    /// <summary>The first IPv4 name server of a DNS node; null without one.</summary>
    public static Ipv4Address? FindNameServer(ReadOnlySpan<byte> path)
    {
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadDns(out Ipv4Address server)) return server;
        }
        return null;
    }

    /// <summary>Cuts the path of a USB device's interface (section 10.3.4.5): the nodes of its host controller, and the
    /// ports from there to it. False when it has no USB node.</summary>
    public static bool TrySplitUsb(ReadOnlySpan<byte> path, out byte[] host, out byte[] ports)
    {
        int hostBytes = 0;
        var way = new List<byte>();
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadUsbPort(out byte port)) way.Add(port);
            else if (way.Count == 0) hostBytes += node.Bytes.Length;
        }
        host = path[..hostBytes].ToArray();
        ports = way.ToArray();
        return ports.Length > 0;
    }

    /// <summary>The VLAN of the first VLAN node; 0 without one.</summary>
    public static int FindVlan(ReadOnlySpan<byte> path)
    {
        foreach (DevicePathNode node in Nodes(path))
        {
            if (node.TryReadVlan(out int id)) return id;
        }
        return 0;
    }
}
