using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Bootlace.Net;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Tls;

/// <summary>Connections to real servers on this machine, and a pump for them. Its time stands still while a server may
/// still speak: it jumps to the next deadline when none has said anything for so long that none will.</summary>
internal sealed class Loopback : IClock
{
    private const int PatienceMicroseconds = 20_000_000;

    private readonly ManualClock _clock = new();
    private readonly List<LoopbackStream> _streams = [];

    public Loopback() => Pump = new Pump(this);

    public Pump Pump { get; }

    public Instant Now => _clock.Now;

    /// <summary>Connects to a server that listens already.</summary>
    /// <exception cref="SocketException">Nobody does.</exception>
    public LoopbackStream Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        socket.Blocking = false;
        var stream = new LoopbackStream(socket, Forget);
        _streams.Add(stream);
        Pump.Add(stream);
        return stream;
    }

    /// <inheritdoc/>
    public void Rest(Instant deadline)
    {
        List<Socket> readers = [], writers = [];
        foreach (LoopbackStream stream in _streams) stream.AddWaits(readers, writers);
        if (readers.Count + writers.Count > 0)
        {
            Socket.Select(readers, writers, null, PatienceMicroseconds);
            if (readers.Count + writers.Count > 0) return;
        }
        _clock.Rest(deadline);
    }

    private void Forget(LoopbackStream stream)
    {
        _streams.Remove(stream);
        Pump.Remove(stream);
    }
}
