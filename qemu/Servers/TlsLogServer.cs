using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>A syslog server by TLS (RFC 5425) on a free port of the loopback: it keeps the messages.</summary>
public sealed class TlsLogServer : IDisposable
{
    private const int MessageBytesMax = 8192;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly ConcurrentQueue<string> _messages = new();

    private TlsLogServer(TestIdentity own) => _certificate = own.WithKey();

    /// <summary>The messages so far.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>What the guest has to set <c>syslogs</c> to.</summary>
    public string GuestName => $"{MachineNetwork.User.HostAddress}:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Starts one.</summary>
    public static TlsLogServer Start(TestIdentity own)
    {
        TlsLogServer server = new(own);
        server._listener.Start();
        _ = server.AcceptAsync();
        return server;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // We are at our end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            await using SslStream stream = new(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(_certificate);
                while (await ReadLengthAsync(stream) is { } length)
                {
                    byte[] message = new byte[length];
                    await stream.ReadExactlyAsync(message);
                    _messages.Enqueue(Encoding.UTF8.GetString(message));
                }
            }
            catch (Exception failure) when (failure is IOException or AuthenticationException)
            {
                _messages.Enqueue($"(broken off: {failure.Message})");
            }
        }
    }

    /// <summary>The digits in front of a message; null: the client has said goodbye.</summary>
    private static async Task<int?> ReadLengthAsync(Stream stream)
    {
        byte[] letter = new byte[1];
        int length = 0;
        for (int digits = 0; await stream.ReadAsync(letter) == 1; digits++)
        {
            if (letter[0] == ' ')
                return length;
            if (letter[0] is < (byte)'0' or > (byte)'9' || digits == 4 || length > MessageBytesMax)
                throw new IOException("no length in front of a message");
            length = length * 10 + letter[0] - '0';
        }
        return null;
    }
}
