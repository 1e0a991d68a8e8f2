using System;
using System.Buffers.Binary;
using System.IO;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A device around a device that writes every frame into a capture, to be looked at with the usual tools
/// (draft-ietf-opsawg-pcap: microseconds, Ethernet).</summary>
public sealed class PcapDevice : INetworkDevice
{
    private readonly INetworkDevice _inner;
    private readonly Stream _sink;
    private readonly IClock _clock;

    public PcapDevice(INetworkDevice inner, Stream sink, IClock clock)
    {
        (_inner, _sink, _clock) = (inner, sink, clock);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);    // version 2.4
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 65535);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);   // LINKTYPE_ETHERNET
        sink.Write(header);
    }

    public MacAddress Address => _inner.Address;
    public int FrameBytesMax => _inner.FrameBytesMax;
    public int ReceiveFramesMax => _inner.ReceiveFramesMax;
    public bool IsLinkUp => _inner.IsLinkUp;

    public bool Send(ReadOnlySpan<byte> frame)
    {
        if (!_inner.Send(frame)) return false;
        Write(frame);
        return true;
    }

    public void Flush() => _inner.Flush();

    public int Receive(Span<byte> frame)
    {
        int length = _inner.Receive(frame);
        if (length > 0) Write(frame[..length]);
        return length;
    }

    private void Write(ReadOnlySpan<byte> frame)
    {
        Span<byte> header = stackalloc byte[16];
        long us = _clock.Now.Microseconds;
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(us / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(us % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Length);
        _sink.Write(header);
        _sink.Write(frame);
    }
}
