using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>What can go wrong with a disk over the network: area 0b.</summary>
public static class SanFailure
{
    /// <summary>The root path is no iSCSI URI.</summary>
    public static readonly FailureKind BadRootPath = new(0x1c0b0001,
        "The root path is malformed",
        "it reads iscsi:<server>:<protocol>:<port>:<LUN>:<target name>");
}
