using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Tests.Sim;

/// <summary>A file server for HTTP: ranges, ETags, chunks.</summary>
internal sealed class ModelHttpServer
{
    public Dictionary<string, byte[]> Files { get; } = [];
    public List<string> Requests { get; } = [];
    public bool SendsChunks { get; set; }

    /// <summary>Bytes of bodies in all responses so far.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>The response to a request; null while it is not whole.</summary>
    public byte[]? Respond(byte[] bytes)
    {
        string request = Encoding.Latin1.GetString(bytes);
        if (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal)) return null;
        Requests.Add(request);
        if (!Files.TryGetValue(request.Split(' ')[1], out byte[]? file))
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found"u8.ToArray();

        int first = Field(request, "Range") is { } range ? int.Parse(range["bytes=".Length..^1]) : 0;
        BodyBytes += file.Length - first;
        var head = new StringBuilder(first > 0 ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append("ETag: \"1\"\r\n");
        if (first > 0) head.Append($"Content-Range: bytes {first}-{file.Length - 1}/{file.Length}\r\n");
        head.Append(SendsChunks ? "Transfer-Encoding: chunked" : $"Content-Length: {file.Length - first}");
        head.Append("\r\n\r\n");
        var response = new MemoryStream();
        response.Write(Encoding.ASCII.GetBytes(head.ToString()));
        if (SendsChunks) WriteChunks(response, file.AsSpan(first));
        else response.Write(file.AsSpan(first));
        return response.ToArray();
    }

    private static void WriteChunks(MemoryStream response, ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            ReadOnlySpan<byte> chunk = body[..Math.Min(5_000, body.Length)];
            response.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            response.Write(chunk);
            response.Write("\r\n"u8);
            body = body[chunk.Length..];
        }
        response.Write("0\r\n\r\n"u8);
    }

    private static string? Field(string request, string name) => request.Split("\r\n")
        .Where(line => line.StartsWith(name + ": ")).Select(line => line[(name.Length + 2)..]).FirstOrDefault();
}
