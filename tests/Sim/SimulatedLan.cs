using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A switch and its cables on a manual clock: every frame takes a latency with some jitter, and cards lose
/// what they have no room for.</summary>
public sealed class SimulatedLan : IPolled
{
    private readonly Pump _pump;
    private readonly Random _random;
    private readonly List<LanPort> _ports = [];
    private readonly PriorityQueue<(LanPort To, byte[] Frame), (long AtUs, long Order)> _onTheWay = new();
    private long _order;

    public SimulatedLan(Pump pump, int seed)
    {
        _pump = pump;
        _random = new Random(seed);
        pump.Add(this);
    }

    /// <summary>From card to card.</summary>
    public Duration Latency { get; init; } = Duration.FromMicroseconds(200);

    /// <summary>At most so much more, by chance: frames may overtake each other.</summary>
    public Duration Jitter { get; init; } = Duration.Zero;

    public long Frames { get; private set; }

    /// <summary>Cable pulled: nothing arrives any more.</summary>
    public bool IsCut { get; set; }

    public LanPort Connect(MacAddress address, int receiveFramesMax = 256)
    {
        var port = new LanPort(this, address, receiveFramesMax);
        _ports.Add(port);
        return port;
    }

    public Instant NextDeadline =>
        _onTheWay.TryPeek(out _, out (long AtUs, long) due) ? new Instant(due.AtUs) : Instant.Never;

    public bool Poll(Instant now)
    {
        bool active = false;
        while (_onTheWay.TryPeek(out (LanPort To, byte[] Frame) next, out (long AtUs, long) due)
            && due.AtUs <= now.Microseconds)
        {
            _onTheWay.Dequeue();
            next.To.Arrive(next.Frame);
            active = true;
        }
        return active;
    }

    internal void Carry(LanPort from, ReadOnlySpan<byte> frame)
    {
        Frames++;
        if (IsCut) return;
        MacAddress target = MacAddress.Read(frame);
        foreach (LanPort port in _ports)
        {
            if (port == from || !target.IsGroup && port.Address != target) continue;
            long jitterUs = Jitter.Microseconds == 0 ? 0 : _random.NextInt64(Jitter.Microseconds);
            long atUs = _pump.Now.Microseconds + Latency.Microseconds + jitterUs;
            _onTheWay.Enqueue((port, frame.ToArray()), (atUs, _order++));
        }
    }
}
