using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Why an interface could not be configured before anything was asked of the network. Area 02, from 0x100 on:
/// the lower numbers are the stack's.</summary>
public static class LinkFailure
{
    /// <summary>No cable.</summary>
    public static readonly FailureKind Down =
        new(0x38020100, "The network interface has no link", "check the cable and the switch port");
    /// <summary>The command's own limit.</summary>
    public static readonly FailureKind TimedOut =
        new(0x4c020101, "The network interface was not configured in time",
            "raise --timeout, or look at the DHCP server");
    /// <summary>A VLAN that cannot be.</summary>
    public static readonly FailureKind BadVlan =
        new(0x1c020102, "There is no such VLAN", "VLANs are 1 to 4094 (--tag), their priorities 0 to 7");
    /// <summary>A VLAN on a VLAN.</summary>
    public static readonly FailureKind NotATrunk =
        new(0x3d020103, "The interface cannot carry VLANs", "make VLANs on the card itself, as net0");
    /// <summary><c>vdestroy</c> of a card.</summary>
    public static readonly FailureKind NotAVlan =
        new(0x3d020104, "The interface is no VLAN", "'vcreate' makes VLANs, as net0-5; only those can be destroyed");
}
