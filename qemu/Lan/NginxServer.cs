using System.IO;

namespace Bootlace.Harness;

/// <summary>nginx as the HTTP server of a namespace. It is only unpacked: installed, it would start to serve at once,
/// on everybody's port 80.</summary>
public static class NginxServer
{
    /// <summary>Starts it on port 80 of the namespace's server address.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="folder">What it offers.</param>
    /// <param name="workFolder">A folder for its own files.</param>
    /// <param name="logName">Name of its log, with a line for each request.</param>
    /// <returns>The log's path.</returns>
    public static string Start(NamespaceLan lan, string folder, string workFolder, string logName)
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
                access_log /dev/stdout combined;
                client_body_temp_path {{workFolder}}/body;
                proxy_temp_path {{workFolder}}/proxy;
                fastcgi_temp_path {{workFolder}}/fastcgi;
                uwsgi_temp_path {{workFolder}}/uwsgi;
                scgi_temp_path {{workFolder}}/scgi;
                sendfile on;
                server {
                    listen {{NamespaceLan.ServerAddress}}:80;
                    root {{Path.GetFullPath(folder)}};
                }
            }

            """);
        return lan.StartServer(FindProgram(), ["-p", workFolder, "-e", "stderr", "-c", configuration], logName);
    }

    private static string FindProgram()
    {
        string architecture = ArchitectureNames.OfThisMachine.DebianName();
        return PayloadCache.Get(PayloadCache.Own, "nginx", architecture).File("usr/sbin/nginx");
    }
}
