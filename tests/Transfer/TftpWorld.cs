using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>A receiver, a server and the way between them, moved by events in order of time.</summary>
internal sealed class TftpWorld
{
    public enum PacketFate
    {
        Arrives,
        Lost,
        Doubled,
        Delayed,
    }

    private const ushort Port = 2000;
    private static readonly IpAddress Server = new Ipv4Address(0x0a000001);
    private static readonly Duration WayLength = Duration.FromMilliseconds(1);

    private readonly PriorityQueue<(bool ToServer, byte[] Packet), (long, int)> _way = new();
    private readonly TftpReceiver _receiver;
    private readonly ModelTftpServer _server;
    private readonly byte[] _packet = new byte[TftpReceiver.PacketBytesMax];
    private readonly Instant _start = new(1_000_000);
    private int _order;

    public TftpWorld(byte[] file, TftpWishes wishes, ModelTftpServer server)
    {
        _ = file;
        Now = _start;
        _server = server;
        _receiver = new TftpReceiver("f", wishes, new TftpTuning(), Body, Body, "server");
    }

    public MemoryBody Body { get; } = new();
    public Instant Now { get; private set; }
    public Duration Elapsed => Now - _start;
    public TftpState State => _receiver.State;
    public Func<PacketFate>? Fate { get; init; }
    public Func<byte[], bool>? Loses { get; set; }
    public Func<byte[], bool>? Doubles { get; set; }

    public void Run(int stepsMax)
    {
        Post(true, _packet[.._receiver.Start(Now, _packet)]);
        for (int step = 0; _receiver.State is TftpState.Requesting or TftpState.Receiving; step++)
        {
            Assert.True(step < stepsMax, "too many steps");
            Instant next = Instant.Earlier(_receiver.NextDeadline, _server.NextDeadline);
            if (_way.TryPeek(out _, out (long At, int) first) && new Instant(first.At) <= next)
            {
                Now = new Instant(first.At);
                (bool toServer, byte[] packet) = _way.Dequeue();
                if (toServer) PostAll(_server.Handle(packet, Now));
                else Post(true, _packet[.._receiver.Handle(packet, Server, Port, Now, _packet)]);
                continue;
            }
            Now = next > Now ? next : Now;
            PostAll(_server.Poll(Now));
            Post(true, _packet[.._receiver.Poll(Now, _packet)]);
        }
    }

    private void PostAll(IEnumerable<byte[]> packets)
    {
        foreach (byte[] packet in packets) Post(false, packet);
    }

    private void Post(bool toServer, byte[] packet)
    {
        if (packet.Length == 0) return;
        PacketFate fate = Fate?.Invoke() ?? PacketFate.Arrives;
        if (Loses?.Invoke(packet) == true) fate = PacketFate.Lost;
        if (Doubles?.Invoke(packet) == true) fate = PacketFate.Doubled;
        if (fate == PacketFate.Lost) return;
        // A delayed packet is overtaken by those that follow within a few milliseconds.
        Duration length = fate == PacketFate.Delayed ? WayLength * 4 : WayLength;
        for (int i = fate == PacketFate.Doubled ? 2 : 1; i > 0; i--)
            _way.Enqueue((toServer, packet), ((Now + length).Microseconds, _order++));
    }
}
