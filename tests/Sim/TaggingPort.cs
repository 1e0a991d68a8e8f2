using System;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>The port of a switch that belongs to one VLAN, as the server behind it sees it: without tags. Bytes by
/// hand: it shares nothing with what it tests.</summary>
public sealed class TaggingPort(INetworkDevice trunk, int vlan) : INetworkDevice
{
    public MacAddress Address => trunk.Address;
    public int FrameBytesMax => trunk.FrameBytesMax;
    public int ReceiveFramesMax => trunk.ReceiveFramesMax;
    public bool IsLinkUp => trunk.IsLinkUp;

    public bool Send(ReadOnlySpan<byte> frame) =>
        trunk.Send([.. frame[..12], 0x81, 0, (byte)(vlan >> 8), (byte)vlan, .. frame[12..]]);

    public void Flush() => trunk.Flush();

    public int Receive(Span<byte> frame)
    {
        Span<byte> tagged = stackalloc byte[2048];
        for (int length = trunk.Receive(tagged); length > 0; length = trunk.Receive(tagged))
        {
            bool isOurs = tagged[12] == 0x81 && tagged[13] == 0 && ((tagged[14] & 15) << 8 | tagged[15]) == vlan;
            if (!isOurs) continue;
            tagged[..12].CopyTo(frame);
            tagged[16..length].CopyTo(frame[12..]);
            return length - 4;
        }
        return 0;
    }
}
