using System.Collections.Generic;

namespace Bootlace.Harness;

/// <summary>What the machine's network card is plugged into.</summary>
public abstract record MachineNetwork
{
    /// <summary>The address of the machine's card: QEMU's default.</summary>
    public const string GuestMac = "52:54:00:12:34:56";

    private MachineNetwork()
    {
    }

    /// <summary>QEMU's arguments for the back end called n0.</summary>
    internal abstract IEnumerable<string> Arguments(string tftpFolder);

    private static string UserOptions(string tftpFolder, string? bootFile)
    {
        string file = bootFile is null ? "" : $",bootfile={bootFile.Replace(",", ",,")}";
        return $"ipv6=off,tftp={tftpFolder}{file}";
    }

    /// <summary>QEMU's user networking: the guest gets 10.0.2.15, DHCP and TFTP come from QEMU. Needs no
    /// rights.</summary>
    /// <param name="BootFile">The `filename` of QEMU's DHCP server; null for none.</param>
    public sealed record User(string? BootFile = null) : MachineNetwork
    {
        /// <summary>Where guests find the host's loopback.</summary>
        public const string HostAddress = "10.0.2.2";

        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            ["-netdev", $"user,id=n0,{UserOptions(tftpFolder, BootFile)}"];
    }

    /// <summary>A hub with nobody else on it: link up, no answer ever. Its second, free port is what takes the frames;
    /// without one QEMU would keep them, and U-Boot waits for ever for each to be taken.</summary>
    public sealed record Silent : MachineNetwork
    {
        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            ["-netdev", "hubport,id=n0,hubid=0", "-netdev", "hubport,id=n1,hubid=0"];
    }

    /// <summary>User networking behind a switch, in one of its VLANs; nothing answers without its tag.</summary>
    /// <param name="Switch">The switch.</param>
    /// <param name="BootFile">The `filename` of the DHCP server in the VLAN; null for none.</param>
    public sealed record Trunk(VlanSwitch Switch, string? BootFile = null) : MachineNetwork
    {
        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            Switch.Arguments(UserOptions(tftpFolder, BootFile));
    }

    /// <summary>User networking behind a switch that speaks LLDP.</summary>
    /// <param name="Switch">The switch.</param>
    /// <param name="BootFile">The `filename` of QEMU's DHCP server; null for none.</param>
    public sealed record Talking(TalkingSwitch Switch, string? BootFile = null) : MachineNetwork
    {
        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            Switch.Arguments(UserOptions(tftpFolder, BootFile));
    }

    /// <summary>User networking behind a switch that lets nothing through at first.</summary>
    /// <param name="Switch">The switch.</param>
    /// <param name="BootFile">The `filename` of QEMU's DHCP server; null for none.</param>
    public sealed record Guarded(GuardedSwitch Switch, string? BootFile = null) : MachineNetwork
    {
        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            Switch.Arguments(UserOptions(tftpFolder, BootFile));
    }

    /// <summary>A hub with room for <see cref="SecondCard"/>.</summary>
    public sealed record TwoCards : MachineNetwork
    {
        /// <summary>The address of the second card.</summary>
        public const string SecondMac = "52:54:00:12:34:57";

        /// <summary>QEMU's arguments for it; it comes after the first in the machine's extras.</summary>
        public static IReadOnlyList<string> SecondCard =>
            ["-device", $"virtio-net-pci,netdev=n1,mac={SecondMac},romfile="];

        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            ["-netdev", "hubport,id=n0,hubid=0", "-netdev", "hubport,id=n1,hubid=0"];
    }

    /// <summary>A tap in a network namespace, beside real servers.</summary>
    /// <param name="Lan">The namespace.</param>
    public sealed record Tap(NamespaceLan Lan) : MachineNetwork
    {
        internal override IEnumerable<string> Arguments(string tftpFolder) =>
            ["-netdev", $"tap,id=n0,ifname={NamespaceLan.TapName},script=no,downscript=no"];
    }
}
