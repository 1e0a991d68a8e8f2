using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Bootlace.Harness;

namespace Bootlace.Tests.Tls;

/// <summary>One nginx for all tests, with every <see cref="NginxSite"/>. It keeps what is PUT, gives it back, and says
/// in headers how it was reached.</summary>
public sealed class NginxPeers : IDisposable
{
    private readonly Dictionary<string, int> _ports = [];

    /// <summary>Starts it.</summary>
    public NginxPeers(PeerKeys keys)
    {
        Keys = keys;
        foreach (NginxSite site in NginxSite.All) Keys.Require(site.Key);
        Keys.Require("rsa2048");
        Directory.CreateDirectory(Path.Combine(Keys.Folder, "files"));
        Server = PeerServer.StartListening(NginxServer.Program, Keys.Folder, port =>
        {
            File.WriteAllText(Path.Combine(Keys.Folder, "nginx.conf"), Configuration(port));
            return ["-p", Keys.Folder, "-e", "stderr", "-c", "nginx.conf"];
        });
    }

    /// <summary>Certificates and files.</summary>
    public PeerKeys Keys { get; }

    /// <summary>The process; its own port speaks plain HTTP.</summary>
    internal PeerServer Server { get; }

    /// <summary>The port of a site.</summary>
    public int PortOf(string name) => _ports[name];

    /// <inheritdoc/>
    public void Dispose() => Server.Dispose();

    private string Configuration(int plainPort)
    {
        var sites = new StringBuilder();
        foreach (NginxSite site in NginxSite.All)
        {
            _ports[site.Name] = PeerServer.FreePort();
            sites.Append($$"""
                server {
                    listen 127.0.0.1:{{_ports[site.Name]}} ssl;
                    ssl_certificate {{site.Key}}.crt;
                    ssl_certificate_key {{site.Key}}.key;
                    {{site.Options}}
                }

                """);
        }
        string[] temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        string[] said = ["protocol", "cipher", "curve", "server_name", "session_reused", "client_verify",
            "alpn_protocol"];
        return $$"""
            user root;
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 64; }
            http {
                access_log off;
                {{string.Join(' ', temporary.Select(one => $"{one}_temp_path {one};"))}}
                client_max_body_size 0;
                dav_methods PUT;
                root {{Keys.Folder}}/files;
                ssl_session_cache shared:all:1m;
                {{string.Join(' ', said.Select(one => $"add_header x-{one} $ssl_{one} always;"))}}
                server { listen 127.0.0.1:{{plainPort}}; }
                {{sites}}
            }

            """;
    }
}
