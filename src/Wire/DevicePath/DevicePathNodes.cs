using System;

namespace Bootlace.Wire;

/// <summary>The nodes of a device path in front of its end, at most <see cref="DevicePath.NodesMax"/>, as far as they
/// are well formed; for <c>foreach</c>.</summary>
public ref struct DevicePathNodes
{
    private ReadOnlySpan<byte> _rest;
    private int _count;

    internal DevicePathNodes(ReadOnlySpan<byte> path) => _rest = path;

    /// <summary>Itself.</summary>
    public readonly DevicePathNodes GetEnumerator() => this;

    /// <summary>The node reached.</summary>
    public DevicePathNode Current { readonly get; private set; }

    /// <summary>Goes to the next node.</summary>
    public bool MoveNext()
    {
        if (_count++ == DevicePath.NodesMax) return false;
        if (!DevicePathNode.TryTake(ref _rest, out DevicePathNode node, out _)) return false;
        Current = node;
        return !node.IsEnd;
    }
}
