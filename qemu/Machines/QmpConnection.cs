using System;
using System.IO;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>QEMU's machine protocol: lines of JSON over a socket (docs/interop/qmp-spec of QEMU).</summary>
public sealed class QmpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    private QmpConnection(Socket socket)
    {
        _socket = socket;
        NetworkStream stream = new(socket);
        _reader = new StreamReader(stream, Encoding.UTF8);
        _writer = new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
    }

    /// <summary>Connects to the socket of a running QEMU.</summary>
    public static async Task<QmpConnection> OpenAsync(string path, CancellationToken stop)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
        QmpConnection connection = new(socket);
        await connection._reader.ReadLineAsync(stop);   // the greeting
        await connection.ExecuteAsync("qmp_capabilities", null, stop);
        return connection;
    }

    /// <summary>Executes one command.</summary>
    /// <exception cref="HarnessException">QEMU refused it, or went away.</exception>
    public async Task ExecuteAsync(string command, JsonObject? arguments, CancellationToken stop)
    {
        JsonObject request = new() { ["execute"] = command };
        if (arguments is not null)
            request["arguments"] = arguments;
        await _writer.WriteLineAsync(request.ToJsonString().AsMemory(), stop);

        while (await _reader.ReadLineAsync(stop) is { } line)
        {
            using JsonDocument reply = JsonDocument.Parse(line);
            if (reply.RootElement.TryGetProperty("return", out _))
                return;
            if (reply.RootElement.TryGetProperty("error", out JsonElement error))
                throw new HarnessException($"QEMU refused {command}: {error.GetProperty("desc").GetString()}");
            // Anything else is an event, which nobody here waits for.
        }

        throw new HarnessException($"QEMU closed its control connection during {command}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
