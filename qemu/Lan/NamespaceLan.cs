using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A network of its own for one machine and real servers: a network namespace with a tap. Nothing in it can be
/// seen from outside, so its servers may use the ports they are known by. Works as root, and as a user where
/// /dev/net/tun may be opened by everybody.</summary>
public sealed class NamespaceLan : IDisposable
{
    /// <summary>The tap that a machine plugs into.</summary>
    public const string TapName = "tap0";

    /// <summary>The servers' address in the namespace; its prefix is 24 bits long.</summary>
    public const string ServerAddress = "10.77.0.1";

    // IPv6 off: a quiet network, see facts on U-Boot's receive ring.
    private static readonly string Setup = $"""
        set -e
        ip link set lo up
        ip tuntap add {TapName} mode tap
        echo 1 2>/dev/null >/proc/sys/net/ipv6/conf/{TapName}/disable_ipv6 || true
        ip addr add {ServerAddress}/24 dev {TapName}
        ip link set {TapName} up
        echo ready
        exec sleep infinity
        """;

    private readonly List<ChildProcess> _servers = [];
    private readonly ChildProcess _holder;

    private NamespaceLan(ChildProcess holder) => _holder = holder;

    /// <summary>Makes the namespace and the tap.</summary>
    /// <exception cref="HarnessException">This machine does not allow it; the message holds its words.</exception>
    public static NamespaceLan Create()
    {
        string[] mapping = IsRoot ? [] : ["--map-root-user"];
        ChildProcess holder = ChildProcess.Start("unshare", [.. mapping, "--net", "--mount", "sh", "-c", Setup]);
        using StreamReader reader = new(holder.Output, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadLine() == "ready")
            return new NamespaceLan(holder);

        using StreamReader errors = new(holder.Errors, Encoding.UTF8);
        string words = errors.ReadToEnd();
        holder.Dispose();
        throw new HarnessException($"Cannot make a network namespace with a tap (needs /dev/net/tun): {words}");
    }

    /// <summary>Starts a program in the namespace.</summary>
    /// <param name="program">Name, looked up in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to add.</param>
    public ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] user = IsRoot ? [] : ["--user", "--preserve-credentials"];
        List<string> line =
        [
            "--target", $"{_holder.Id}", .. user, "--net", "--mount", "--",
            "setpriv", "--pdeathsig", "KILL", "--", ProgramPath.Require(program), .. arguments,
        ];
        return ChildProcess.Start("nsenter", line, environment: environment);
    }

    /// <summary>Starts a server that lives as long as the namespace; what it prints goes to a file in the
    /// logs.</summary>
    /// <returns>The file's path.</returns>
    public string StartServer(string program, IEnumerable<string> arguments, string logName)
    {
        string log = Path.Combine(Repository.Logs, logName);
        ChildProcess server = Start(program, arguments);
        _servers.Add(server);
        ProcessLog.Follow(server, log);
        return log;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ChildProcess server in _servers)
            server.Dispose();
        _holder.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";
}
