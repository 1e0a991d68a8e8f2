using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Initial sequence numbers by RFC 6528: a 4-microsecond clock plus a keyed hash of the connection's ends, so
/// that nobody off the path can guess one.</summary>
internal sealed class InitialSequence
{
    private readonly byte[] _key = new byte[SipHash.KeyBytes];

    public InitialSequence(NetworkStack stack) => stack.FillRandom(_key);

    public SeqNumber Choose(Ipv4Address ours, ushort ourPort, Ipv4Address peer, ushort peerPort, Instant now)
    {
        Span<byte> ends = stackalloc byte[2 * Ipv4Address.Bytes + 4];
        ours.Write(ends);
        peer.Write(ends[Ipv4Address.Bytes..]);
        BigEndian.WriteU16(ends, 2 * Ipv4Address.Bytes, ourPort);
        BigEndian.WriteU16(ends, 2 * Ipv4Address.Bytes + 2, peerPort);
        return new SeqNumber((uint)SipHash.Compute(_key, ends) + (uint)(now.Microseconds / 4));
    }
}
