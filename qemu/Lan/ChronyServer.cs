using System.IO;

namespace Bootlace.Harness;

/// <summary>chrony as the time server of a namespace: it tells the time of this machine, as a server does that has a
/// clock of its own. It is only unpacked: installed, it would set this machine's clock.</summary>
public static class ChronyServer
{
    /// <summary>Starts it on UDP port 123 of the namespace's server address.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="workFolder">A folder for its own files.</param>
    /// <param name="logName">Name of its log.</param>
    /// <returns>The log's path.</returns>
    public static string Start(NamespaceLan lan, string workFolder, string logName)
    {
        string configuration = Path.Combine(workFolder, "chrony.conf");
        File.WriteAllText(configuration, $"""
            local stratum 2
            allow
            cmdport 0
            bindaddress {NamespaceLan.ServerAddress}
            pidfile {Path.Combine(workFolder, "chrony.pid")}

            """);
        string architecture = ArchitectureNames.OfThisMachine.DebianName();
        string program = PayloadCache.Get(PayloadCache.Own, "chrony", architecture).File("usr/sbin/chronyd");
        return lan.StartServer(program, ["-d", "-x", "-u", "root", "-f", configuration], logName);
    }
}
