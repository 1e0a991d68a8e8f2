using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Bootlace.Tests.Sim;

/// <summary>A file server for HTTP: ranges, ETags, kept connections, and ways to fail.</summary>
internal sealed class ModelHttpServer
{
    public Dictionary<string, byte[]> Files { get; } = [];
    public List<string> Requests { get; } = [];
    public int Connections { get; private set; }
    public bool IsListening { get; set; } = true;
    public bool KnowsRanges { get; set; } = true;
    public bool SendsChunks { get; set; }

    /// <summary>Each connection is reset once so many bytes have arrived over it.</summary>
    public long ResetsAfterBytes { get; set; } = long.MaxValue;

    /// <summary>Called when a connection has been reset for that reason.</summary>
    public Action? Broken { get; set; }

    public IModelService Accept()
    {
        Connections++;
        return new Service(this);
    }

    private sealed class Service(ModelHttpServer server) : IModelService
    {
        private string _request = "";

        public void Handle(ReadOnlySpan<byte> bytes, ModelTcpPeer peer)
        {
            _request += Encoding.Latin1.GetString(bytes);
            if (!_request.EndsWith("\r\n\r\n")) return;
            server.Requests.Add(_request);
            server.Answer(_request, peer);
            _request = "";
        }

        public void Acknowledged(long countBytes, ModelTcpPeer peer)
        {
            if (countBytes < server.ResetsAfterBytes) return;
            peer.Reset();
            server.Broken?.Invoke();
        }
    }

    private void Answer(string request, ModelTcpPeer peer)
    {
        string path = request.Split(' ')[1];
        if (!Files.TryGetValue(path, out byte[]? file))
        {
            peer.Write("HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found"u8);
            return;
        }
        int first = KnowsRanges && Field(request, "Range") is { } range ? int.Parse(range["bytes=".Length..^1]) : 0;
        var head = new StringBuilder(first > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append("ETag: \"1\"\r\n");
        if (first > 0) head.Append($"Content-Range: bytes {first}-{file.Length - 1}/{file.Length}\r\n");
        head.Append(SendsChunks ? "Transfer-Encoding: chunked" : $"Content-Length: {file.Length - first}");
        head.Append("\r\n\r\n");
        peer.Write(Encoding.ASCII.GetBytes(head.ToString()));
        if (!SendsChunks)
        {
            peer.Write(file.AsSpan(first));
            return;
        }
        for (int at = first; at < file.Length; at += 5_000)
        {
            ReadOnlySpan<byte> chunk = file.AsSpan(at, Math.Min(5_000, file.Length - at));
            peer.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            peer.Write(chunk);
            peer.Write("\r\n"u8);
        }
        peer.Write("0\r\n\r\n"u8);
    }

    private static string? Field(string request, string name) => request.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ")).Select(line => line[(name.Length + 2)..]).FirstOrDefault();
}
