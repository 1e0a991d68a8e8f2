using System;
using System.Collections.Generic;
using System.IO;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Tls;

/// <summary>A root that the tests trust, and below it certificates with keys of every kind, in files; made when first
/// asked for, because long RSA keys take their time.</summary>
public sealed class PeerKeys : IDisposable
{
    private const string Names = "dns:" + ChainTalk.Host + " ip:127.0.0.1";

    private readonly Dictionary<string, TestIdentity> _servers = [], _clients = [];
    private readonly OpenSsl _files = new();

    /// <summary>Its certificate is in root.crt.</summary>
    public PeerKeys() => _files.Write("root.crt", Root.Pem);

    public TestIdentity Root { get; } = ChainTalk.Root();

    public string Folder => _files.Folder;

    /// <summary>A server's with such a key; its files end with .crt and .key.</summary>
    public TestIdentity Server(string key)
    {
        if (!_servers.TryGetValue(key, out TestIdentity? made))
        {
            made = _servers[key] = ChainTalk.Server(Root, Names, key: key);
            Write(key, made);
        }
        return made;
    }

    /// <summary>A client's with such a key. Servers look at today's date.</summary>
    public TestIdentity Client(string key)
    {
        if (!_clients.TryGetValue(key, out TestIdentity? made))
            made = _clients[key] = TestIdentity.Make("client", Root, key, usage: "1.3.6.1.5.5.7.3.2", from: -700);
        return made;
    }

    /// <summary>Makes sure that there are files of that name, that of a key's kind where nobody has written
    /// them.</summary>
    public void Require(string name)
    {
        if (!File.Exists(Path.Combine(Folder, $"{name}.crt"))) Server(name);
    }

    /// <summary>Puts a chain and its first certificate's key into files of that name.</summary>
    public void Write(string name, TestIdentity leaf, params TestIdentity[] others)
    {
        _files.Write($"{name}.crt", leaf.Pem + string.Concat(Array.ConvertAll(others, one => one.Pem)));
        _files.Write($"{name}.key", leaf.KeyPem);
    }

    /// <summary>A self-signed certificate with a key of a kind that only openssl makes.</summary>
    public void WriteOdd(string name, string newKey) => _files.Run(
        $"req -x509 -newkey {newKey} -nodes -subj /CN={ChainTalk.Host} -keyout {name}.key -out {name}.crt");

    public void Dispose() => _files.Dispose();
}
