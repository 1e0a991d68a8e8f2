using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>Debian's iPXE, to be measured beside us. The next release's, where there is one: it reads an autoexec.ipxe
/// from the TFTP server that it came from.</summary>
public static class Ipxe
{
    /// <summary>The first thing it says.</summary>
    public const string FirstWords = "iPXE initialising devices";

    private const string Program = "snponly.efi";

    /// <summary>A machine that starts iPXE, which gets an address and runs a script. It uses the firmware's network
    /// card as we do, not a driver of its own.</summary>
    /// <param name="name">Names the log.</param>
    /// <param name="firmware">What the machine starts with.</param>
    /// <param name="script">Address of the script.</param>
    /// <exception cref="HarnessException">The package cannot be had.</exception>
    public static MachineSetup Machine(string name, Firmware firmware, string script)
    {
        UnpackedPackage package = PayloadCache.Get(PayloadCache.Next ?? PayloadCache.Own, "ipxe", "all");
        if (!firmware.IsEdk2)
            return new MachineSetup(
                name, firmware, new MachineStart.Program(package.File("usr/lib/ipxe/ipxe-arm64.efi")),
                new MachineNetwork.User(script));
        string autoexec = Path.Combine(Repository.Logs, name + ".autoexec.ipxe");
        File.WriteAllText(autoexec, $"#!ipxe\ndhcp\nchain {script}\n");
        return new MachineSetup(
            name, firmware, new MachineStart.Network(IsHttp: false), new MachineNetwork.User(Program))
        {
            TftpFiles = new Dictionary<string, string>
            {
                [Program] = package.File("usr/lib/ipxe/snponly.efi"), ["autoexec.ipxe"] = autoexec,
            },
        };
    }
}
