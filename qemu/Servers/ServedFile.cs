using System;
using System.IO;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A file that the HTTP server offers, and how it misbehaves.</summary>
public sealed record ServedFile
{
    private readonly Func<Stream> _open;

    private ServedFile(long length, Func<Stream> open)
    {
        Length = length;
        _open = open;
    }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>After so many bytes of the body the server dies: it drops the connection and takes no other.</summary>
    public long? DiesAfterBytes { get; init; }

    /// <summary>Bytes a second at most.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Sends the client to this address instead.</summary>
    public string? RedirectTo { get; init; }

    /// <summary>Whether the connection is over once it is sent.</summary>
    public bool IsLast { get; init; }

    /// <summary>Whether it is sent without Content-Length, in chunks.</summary>
    public bool IsChunked { get; init; }

    /// <summary>A file on the host.</summary>
    public static ServedFile FromPath(string path) => new(new FileInfo(path).Length, () => File.OpenRead(path));

    /// <summary>A short text.</summary>
    public static ServedFile FromText(string text) => FromBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes in memory.</summary>
    public static ServedFile FromBytes(byte[] bytes) => new(bytes.Length, () => new MemoryStream(bytes, false));

    /// <summary>So many zero bytes, which exist nowhere.</summary>
    public static ServedFile OfZeros(long length) => new(length, () => new ZeroStream(length));

    /// <summary>Its content, from the start.</summary>
    public Stream Open() => _open();
}
