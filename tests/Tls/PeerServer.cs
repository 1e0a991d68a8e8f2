using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Tests.Tls;

/// <summary>Somebody else's server, a process of its own on a port of this machine that was free.</summary>
internal sealed class PeerServer : IDisposable
{
    private const int PausesMax = 2000, PauseMilliseconds = 10, PortsMax = 5;

    private readonly MemoryStream _errors = new();
    private readonly ChildProcess _process;
    private readonly Task _reading;

    private PeerServer(ChildProcess process, int port)
    {
        _process = process;
        Port = port;
        _reading = process.Errors.CopyToAsync(_errors);
    }

    public int Port { get; }

    /// <summary>What the process is told.</summary>
    public Stream Input => _process.Input;

    /// <summary>What it prints.</summary>
    public Stream Output => _process.Output;

    /// <summary>Starts it.</summary>
    /// <param name="program">Which.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">For a port.</param>
    public static PeerServer Start(string program, string folder, Func<int, IEnumerable<string>> arguments)
    {
        int port = FreePort();
        return new PeerServer(ChildProcess.Start(program, arguments(port), folder: folder), port);
    }

    /// <summary>Starts it, and makes sure that it listens; for servers that take a connection that says nothing.
    /// </summary>
    public static PeerServer StartListening(string program, string folder, Func<int, IEnumerable<string>> arguments)
    {
        for (int i = 1; ; i++)
        {
            PeerServer server = Start(program, folder, arguments);
            try
            {
                server.Connect(new Loopback()).Abort();
                return server;
            }
            catch (InvalidOperationException) when (i < PortsMax)
            {
                server.Dispose();   // somebody else took the port meanwhile
            }
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Connects as soon as it listens.</summary>
    /// <exception cref="InvalidOperationException">It has ended instead.</exception>
    public LoopbackStream Connect(Loopback loop, int? port = null)
    {
        Task ended = _process.WaitAsync();
        for (int i = 0; ; i++)
        {
            try
            {
                return loop.Connect(port ?? Port);
            }
            catch (SocketException) when (i < PausesMax && !ended.Wait(PauseMilliseconds))
            {
                // it is still starting
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"the server does not listen: {Words}");
            }
        }
    }

    /// <summary>What it has complained about, once it is over.</summary>
    public string Words
    {
        get
        {
            _process.Kill();
            _reading.Wait();
            return Encoding.UTF8.GetString(_errors.ToArray());
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _reading.Wait();
        _process.Dispose();
    }
}
