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
}
