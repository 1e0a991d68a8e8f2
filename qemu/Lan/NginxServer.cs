using System.IO;

namespace Bootlace.Harness;

/// <summary>nginx as the HTTP or HTTPS server of a namespace. It is only unpacked: installed, it would start to serve
/// at once, on everybody's port 80.</summary>
public static class NginxServer
{
    /// <summary>Starts it on port 80 of the namespace's server address.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="folder">What it offers.</param>
    /// <param name="workFolder">A folder for its own files.</param>
    /// <param name="logName">Name of its log, with a line for each request.</param>
    /// <returns>The log's path.</returns>
    public static string Start(NamespaceLan lan, string folder, string workFolder, string logName) =>
        Run(lan, workFolder, logName, $$"""
            access_log /dev/stdout combined;
            server {
                listen {{NamespaceLan.ServerAddress}}:80;
                root {{Path.GetFullPath(folder)}};
            }
            """);

    /// <summary>Starts it on port 443 of the namespace's server address; port 80 only leads there. It ends a connection
    /// after each answer.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="folder">What it offers.</param>
    /// <param name="workFolder">A folder for its own files.</param>
    /// <param name="logName">Name of its log, with a line for each request: `http` or version, server name and `r` for
    /// a session that goes on or `.` for a new one, then method, path and status.</param>
    /// <param name="server">Its certificate.</param>
    /// <param name="between">The one it sends behind it.</param>
    /// <param name="version">The version it speaks, as nginx writes it: TLSv1.3.</param>
    /// <returns>The log's path.</returns>
    public static string StartTls(
        NamespaceLan lan, string folder, string workFolder, string logName, TestIdentity server, TestIdentity between,
        string version)
    {
        string certificates = Path.Combine(workFolder, "server.crt"), key = Path.Combine(workFolder, "server.key");
        File.WriteAllText(certificates, server.Pem + between.Pem);
        File.WriteAllText(key, server.KeyPem);
        return Run(lan, workFolder, logName, $$"""
            log_format plain "http $request_method $uri $status";
            log_format tls
                "$ssl_protocol $ssl_server_name $ssl_session_reused $request_method $uri $status";
            keepalive_timeout 0;
            server {
                listen {{NamespaceLan.ServerAddress}}:80;
                access_log /dev/stdout plain;
                return 301 https://$host$request_uri;
            }
            server {
                listen {{NamespaceLan.ServerAddress}}:443 ssl;
                access_log /dev/stdout tls;
                root {{Path.GetFullPath(folder)}};
                ssl_certificate {{certificates}};
                ssl_certificate_key {{key}};
                ssl_protocols {{version}};
            }
            """);
    }

    private static string Run(NamespaceLan lan, string workFolder, string logName, string servers)
    {
        string configuration = Path.Combine(workFolder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            user root;
            daemon off;
            worker_processes 1;
            pid {{workFolder}}/nginx.pid;
            error_log stderr;
            events { worker_connections 64; }
            http {
                client_body_temp_path {{workFolder}}/body;
                proxy_temp_path {{workFolder}}/proxy;
                fastcgi_temp_path {{workFolder}}/fastcgi;
                uwsgi_temp_path {{workFolder}}/uwsgi;
                scgi_temp_path {{workFolder}}/scgi;
                sendfile on;
            {{servers}}
            }

            """);
        return lan.StartServer(Program, ["-p", workFolder, "-e", "stderr", "-c", configuration], logName);
    }

    /// <summary>The program, downloaded now if it is not in the cache.</summary>
    public static string Program => PayloadCache
        .Get(PayloadCache.Own, "nginx", ArchitectureNames.OfThisMachine.DebianName()).File("usr/sbin/nginx");
}
