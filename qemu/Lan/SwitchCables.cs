using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>The two cables of a switch: to the machine, and to a port where QEMU's user networking answers. They are
/// sockets of a folder: no rights are needed.</summary>
internal sealed class SwitchCables : IDisposable
{
    private const int BufferBytes = 64 << 10;

    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-switch-").FullName;
    private readonly Socket _machine, _server;

    /// <summary>Cables that carry frames from now on.</summary>
    /// <param name="fromMachine">Gets what the machine sends.</param>
    /// <param name="fromServer">Gets what the network behind the switch sends.</param>
    public SwitchCables(Action<byte[]> fromMachine, Action<byte[]> fromServer)
    {
        _machine = Bind("trunk");
        _server = Bind("access");
        new Thread(() => Carry(_machine, fromMachine)) { IsBackground = true }.Start();
        new Thread(() => Carry(_server, fromServer)) { IsBackground = true }.Start();
    }

    /// <summary>QEMU's arguments for the back end called n0, and for the network behind the switch.</summary>
    public IEnumerable<string> Arguments(string user) =>
    [
        "-netdev", Cable("n0", "machine", "trunk"), "-netdev", Cable("s1", "server", "access"),
        "-netdev", "hubport,id=h1,hubid=1,netdev=s1",
        "-netdev", $"user,id=u1,{user}", "-netdev", "hubport,id=h2,hubid=1,netdev=u1",
    ];

    /// <summary>Sends a frame to the machine.</summary>
    public void SendToMachine(byte[] frame) => Send(_machine, "machine", frame);

    /// <summary>Sends a frame to the network behind the switch.</summary>
    public void SendToServer(byte[] frame) => Send(_server, "server", frame);

    /// <inheritdoc/>
    public void Dispose()
    {
        _machine.Dispose();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Cable(string id, string local, string remote) => string.Create(
        CultureInfo.InvariantCulture,
        $"dgram,id={id},local.type=unix,local.path={PathOf(local)},remote.type=unix,remote.path={PathOf(remote)}");

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Socket Bind(string name)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(PathOf(name)));
        return socket;
    }

    private void Carry(Socket from, Action<byte[]> pass)
    {
        byte[] buffer = new byte[BufferBytes];
        while (true)
        {
            try
            {
                int length = from.Receive(buffer);
                pass(buffer[..length]);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!Directory.Exists(_folder))
            {
                return;
            }
            catch (SocketException)
            {
                // The machine is gone; the next one may be coming.
            }
        }
    }

    private void Send(Socket from, string to, byte[] frame) =>
        from.SendTo(frame, new UnixDomainSocketEndPoint(PathOf(to)));
}
