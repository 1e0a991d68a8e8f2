using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>One VLAN of a trunk as a card of its own: what it sends carries an IEEE 802.1Q tag. Its received frames it
/// gets from the <see cref="NetworkStack"/>, which reads the trunk. No firmware carries frames that are longer for
/// their tag (facts/firmware.md 9), so packets are shorter by it.</summary>
public sealed class VlanDevice : INetworkDevice
{
    /// <summary>The lowest and the highest number a VLAN can have.</summary>
    public const int IdMin = 1, IdMax = 4094;

    /// <summary>The highest priority.</summary>
    public const int PriorityMax = 7;

    private const int AddressesBytes = 2 * MacAddress.Bytes;

    private readonly byte[] _frame;

    internal VlanDevice(INetworkDevice trunk, VlanTag tag)
    {
        Trunk = trunk;
        Tag = tag;
        _frame = new byte[trunk.FrameBytesMax];
    }

    /// <summary>The card the tagged frames go through.</summary>
    public INetworkDevice Trunk { get; }

    /// <summary>What is put on frames to be sent.</summary>
    public VlanTag Tag { get; internal set; }

    /// <inheritdoc/>
    public MacAddress Address => Trunk.Address;

    /// <inheritdoc/>
    public int FrameBytesMax => Trunk.FrameBytesMax - VlanTag.Bytes;

    /// <inheritdoc/>
    public int ReceiveFramesMax => Trunk.ReceiveFramesMax;

    /// <inheritdoc/>
    public bool IsLinkUp => Trunk.IsLinkUp;

    /// <summary>The card itself, where <paramref name="device"/> may be a VLAN of it.</summary>
    public static INetworkDevice CardOf(INetworkDevice device) =>
        device is VlanDevice vlan ? CardOf(vlan.Trunk) : device;

    /// <inheritdoc/>
    public bool Send(ReadOnlySpan<byte> frame)
    {
        Check.That(frame.Length >= EthernetView.HeaderBytes && frame.Length <= FrameBytesMax);
        Span<byte> tagged = _frame.AsSpan(0, frame.Length + VlanTag.Bytes);
        frame[..AddressesBytes].CopyTo(tagged);
        BigEndian.WriteU16(tagged, AddressesBytes, EtherType.Vlan.Value);
        BigEndian.WriteU16(tagged, AddressesBytes + 2, Tag.Value);
        frame[AddressesBytes..].CopyTo(tagged[(AddressesBytes + VlanTag.Bytes)..]);
        return Trunk.Send(tagged);
    }

    /// <inheritdoc/>
    public void Flush() => Trunk.Flush();

    /// <inheritdoc/>
    public int Receive(Span<byte> frame) => 0;
}
