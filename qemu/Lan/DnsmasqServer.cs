using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>dnsmasq as the DHCP and TFTP server of a namespace.</summary>
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

    /// <summary>A network with a name server, which knows one name, and a script for everybody.</summary>
    /// <param name="host">The name of the server at <see cref="NamespaceLan.ServerAddress"/>.</param>
    /// <param name="script">`filename` for everybody.</param>
    public static IReadOnlyList<string> NameAndScript(string host, string script) =>
    [
        "--port=53", "--no-resolv", "--no-hosts", $"--host-record={host},{NamespaceLan.ServerAddress}",
        $"--dhcp-boot={script}",
    ];

    /// <summary>Starts it.</summary>
    /// <param name="lan">Where.</param>
    /// <param name="folder">What its TFTP server offers.</param>
    /// <param name="options">Who gets what to boot.</param>
    /// <param name="logName">Name of its log.</param>
    /// <returns>The log's path.</returns>
    public static string Start(NamespaceLan lan, string folder, IReadOnlyList<string> options, string logName) =>
        lan.StartServer(
            "dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--user=root", "--group=",
                $"--interface={NamespaceLan.TapName}", "--bind-interfaces", "--pid-file", "--leasefile-ro",
                "--dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,1h", "--dhcp-authoritative",
                "--log-dhcp", "--log-facility=-", "--enable-tftp", $"--tftp-root={Path.GetFullPath(folder)}",
                .. options,
            ],
            logName);
}
