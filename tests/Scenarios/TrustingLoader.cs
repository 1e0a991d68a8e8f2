using System.IO;
using System.Linq;
using Bootlace.Harness;
using Bootlace.Stub;

namespace Bootlace.Scenarios;

/// <summary>The loader with roots in it, as `./build.sh trust` makes it.</summary>
public static class TrustingLoader
{
    /// <summary>What the clock of a machine says that has none.</summary>
    public const string StoppedClock = "2001-02-03T04:05:06";

    /// <summary>Makes one.</summary>
    /// <param name="name">Names its file.</param>
    /// <param name="architecture">Its architecture.</param>
    /// <param name="roots">Whom it trusts.</param>
    /// <returns>Its path.</returns>
    public static string Create(string name, Architecture architecture, params TestIdentity[] roots)
    {
        string bundle = Path.Combine(Repository.Logs, name + ".roots.pem");
        File.WriteAllText(bundle, string.Concat(roots.Select(it => it.Pem)));
        byte[] built = File.ReadAllBytes(LoaderImage.For(architecture));
        string path = Path.Combine(Repository.Logs, name + ".efi");
        File.WriteAllBytes(path, PeFile.WithSection(built, RootBundle.Section, RootBundle.Read([bundle]).Content));
        return path;
    }

    /// <summary>A machine with such a loader that gets a script's address by DHCP. U-Boot has no clock.</summary>
    /// <param name="name">Names the run.</param>
    /// <param name="firmware">What the machine starts with.</param>
    /// <param name="root">Whom the loader trusts.</param>
    /// <param name="network">What the card is plugged into.</param>
    public static MachineSetup Machine(string name, Firmware firmware, TestIdentity root, MachineNetwork network)
    {
        MachineStart start = new MachineStart.Program(Create(name, firmware.Architecture, root));
        return new MachineSetup(name, firmware, start, network)
        {
            ClockBase = firmware.IsEdk2 ? null : StoppedClock,
        };
    }

    /// <summary>Puts such a loader into a bed's machine.</summary>
    /// <param name="bed">The bed.</param>
    /// <param name="root">Whom the loader trusts.</param>
    /// <param name="script">Address of the script that DHCP names; null: as it was.</param>
    public static void Trust(this BootBed bed, TestIdentity root, string? script = null) =>
        bed.Setup = Machine(
            bed.Setup.Name, bed.Setup.Firmware, root,
            script is null ? bed.Setup.Network : new MachineNetwork.User(script));
}
