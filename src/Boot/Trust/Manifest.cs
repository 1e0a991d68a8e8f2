using System;
using System.Collections.Generic;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The files that signed lists vouch for, by where they are fetched from. A name in a list means what it would
/// mean in a script beside the list: a whole URI, or a path from the list's own.</summary>
internal sealed class Manifest
{
    /// <summary>Longest list read.</summary>
    public const int ListBytesMax = 4 << 20;

    private const int EntriesMax = 16_384;
    private const byte Comment = (byte)'#';

    private Dictionary<string, byte[]> _digests = [];

    /// <summary>Files in it.</summary>
    public int Count => _digests.Count;

    /// <summary>Takes a list in, all of it or nothing.</summary>
    /// <param name="list">Its text.</param>
    /// <param name="uri">Where it was fetched from.</param>
    /// <exception cref="BootFailure">A line is none, or contradicts what is known.</exception>
    public void Add(ReadOnlySpan<byte> list, BootUri uri)
    {
        if (list.Length > ListBytesMax) throw new BootFailure(SignatureFailure.ManifestTooLarge);
        var added = new List<KeyValuePair<string, byte[]>>();
        for (int number = 1; list.Length > 0; number++)
        {
            int end = list.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? list : list[..end];
            list = end < 0 ? default : list[(end + 1)..];
            if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
            if (line.Length == 0 || line[0] == Comment) continue;
            if (added.Count + _digests.Count == EntriesMax) throw new BootFailure(SignatureFailure.ManifestTooLarge);
            added.Add(ReadLine(line, number, uri));
        }
        var together = new Dictionary<string, byte[]>(_digests);
        foreach (KeyValuePair<string, byte[]> entry in added)
        {
            if (together.TryGetValue(entry.Key, out byte[]? known) && !known.AsSpan().SequenceEqual(entry.Value))
                throw new BootFailure(SignatureFailure.ManifestConflict, $"{entry.Key} is listed with two digests");
            together[entry.Key] = entry.Value;
        }
        _digests = together;
    }

    /// <summary>The digest a file must have.</summary>
    /// <exception cref="BootFailure">No list names it.</exception>
    public byte[] Find(BootUri uri) => _digests.TryGetValue(KeyOf(uri), out byte[]? digest)
        ? digest : throw new BootFailure(SignatureFailure.NotInManifest, $"The manifest does not list {uri}");

    private static KeyValuePair<string, byte[]> ReadLine(ReadOnlySpan<byte> line, int number, BootUri uri)
    {
        byte[] digest = new byte[HashKinds.DigestBytesOf(HashKind.Sha256)];
        if (!DigestLine.TryRead(line, digest, out string name, out _))
        {
            throw new BootFailure(
                SignatureFailure.BadManifest, $"Line {number} of {uri} is no SHA-256 digest and name");
        }
        return new(KeyOf(Resolve(name, uri)), digest);
    }

    private static BootUri Resolve(string name, BootUri uri)
    {
        if (name.IndexOf("://", StringComparison.Ordinal) >= 0) return BootUri.Parse(name).ResolveAgainst(uri);
        string path = PercentEncoding.EncodeText(name, "?#");
        if (!path.StartsWith('/')) path = "./" + path;   // so that a colon in it makes no scheme
        return BootUri.Parse(path).ResolveAgainst(uri);
    }

    /// <summary>Server and path: what a query or a password adds changes nothing about what must come.</summary>
    private static string KeyOf(BootUri uri)
    {
        string server = uri.Host is null ? "" : $"//{uri.Host.ToLowerInvariant()}:{uri.Port ?? UsualPort(uri.Scheme)}";
        return $"{uri.Scheme}:{server}{uri.DecodedPath}";
    }

    private static ushort UsualPort(string? scheme) => scheme switch
    {
        "http" => 80,
        "https" => 443,
        "tftp" => 69,
        _ => 0,
    };
}
