using System;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>An iSCSI portal that answers every login with "the target is over there" (RFC 7143, 11.13.5). No target
/// daemon does so for ever.</summary>
public sealed class RedirectingPortal : IDisposable
{
    private const int HeaderBytes = 48;
    private const byte LoginResponse = 0x23;
    private const byte StatusClassRedirected = 0x01, StatusMovedTemporarily = 0x01;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _address;
    private int _logins;

    private RedirectingPortal(Func<int, string> address)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _address = address(Port);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Logins that were sent away.</summary>
    public int Logins => Volatile.Read(ref _logins);

    /// <summary>Starts a portal.</summary>
    /// <param name="address">From the portal's own port, what it says in TargetAddress, as the guest has to write
    /// it.</param>
    public static RedirectingPortal Start(Func<int, string> address)
    {
        RedirectingPortal portal = new(address);
        _ = portal.ServeAsync();
        return portal;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The portal was disposed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                byte[] request = new byte[HeaderBytes];
                await stream.ReadExactlyAsync(request);
                byte[] text = new byte[(BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4)) & 0xFFFFFF) + 3 & ~3];
                await stream.ReadExactlyAsync(text);
                await stream.WriteAsync(Redirect(request));
                Interlocked.Increment(ref _logins);
                await stream.CopyToAsync(Stream.Null);   // until the initiator closes
            }
            catch (IOException)
            {
                // It went away.
            }
        }
    }

    private byte[] Redirect(byte[] request)
    {
        byte[] text = Encoding.ASCII.GetBytes($"TargetAddress={_address}\0");
        byte[] answer = new byte[HeaderBytes + (text.Length + 3 & ~3)];
        answer[0] = LoginResponse;
        BinaryPrimitives.WriteInt32BigEndian(answer.AsSpan(4), text.Length);
        request.AsSpan(8, 12).CopyTo(answer.AsSpan(8));    // ISID, TSIH, initiator task tag
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(24), 1);   // StatSN
        uint command = BinaryPrimitives.ReadUInt32BigEndian(request.AsSpan(24));
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(28), command);       // ExpCmdSN
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(32), command + 1);   // MaxCmdSN
        answer[36] = StatusClassRedirected;
        answer[37] = StatusMovedTemporarily;
        text.CopyTo(answer, HeaderBytes);
        return answer;
    }
}
