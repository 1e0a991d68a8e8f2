using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>dnsmasq as the DHCP, TFTP and name server of a namespace.</summary>
public static class DnsmasqServer
{
    /// <summary>DHCP options for a network that boots firmware PXE clients into the loader, and the loader into a
    /// script.</summary>
    /// <param name="program">File on the TFTP server for PXE clients.</param>
    /// <param name="script">`filename` for clients of user class iPXE.</param>
    public static IReadOnlyList<string> PxeThenScript(string program, string script) =>
    [
        "--dhcp-userclass=set:ipxe,iPXE",
        "--dhcp-vendorclass=set:pxe,PXEClient",
        $"--dhcp-boot=tag:ipxe,{script}",
        $"--dhcp-boot=tag:pxe,tag:!ipxe,{program}",
    ];

    /// <summary>The same for firmware HTTP boot: the answer names its class HTTPClient and a URL.</summary>
    public static IReadOnlyList<string> HttpThenScript(string programUrl, string script) =>
    [
        "--dhcp-userclass=set:ipxe,iPXE",
        "--dhcp-vendorclass=set:http,HTTPClient",
        $"--dhcp-boot=tag:ipxe,{script}",
        $"--dhcp-boot=tag:http,tag:!ipxe,{programUrl}",
        "--dhcp-option-force=tag:http,tag:!ipxe,60,HTTPClient",
    ];

    /// <summary>Starts it.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="folder">What its TFTP server offers.</param>
    /// <param name="options">Who gets what to boot.</param>
    /// <param name="logName">Name of its log.</param>
    /// <param name="host">The name of the server's address, for which it is the name server; null: it is none.</param>
    /// <returns>The log's path.</returns>
    public static string Start(
        NamespaceLan lan, string folder, IReadOnlyList<string> options, string logName, string? host = null)
    {
        string[] names = host is null
            ? ["--port=0"] : ["--no-resolv", "--no-hosts", $"--host-record={host},{NamespaceLan.ServerAddress}"];
        return lan.StartServer(
            "dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--user=root", "--group=",
                $"--interface={NamespaceLan.TapName}", "--bind-interfaces", "--pid-file", "--leasefile-ro",
                "--dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,1h", "--dhcp-authoritative",
                "--log-dhcp", "--log-facility=-", "--enable-tftp", $"--tftp-root={Path.GetFullPath(folder)}",
                .. names, .. options,
            ],
            logName);
    }
}
