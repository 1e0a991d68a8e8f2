using System;

namespace Bootlace.Wire;

/// <summary>What an end of a link says of itself by LACP (IEEE 802.1AX-2014, clause 6.4.2.3).</summary>
[Flags]
public enum LacpState : byte
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It speaks without being spoken to.</summary>
    Active = 1 << 0,
    /// <summary>It wants to hear something every second, not every 30.</summary>
    Fast = 1 << 1,
    /// <summary>It takes the link for one of several.</summary>
    Aggregatable = 1 << 2,
    /// <summary>The link belongs where it is.</summary>
    InSync = 1 << 3,
    /// <summary>It takes frames from the link.</summary>
    Collecting = 1 << 4,
    /// <summary>It puts frames on the link.</summary>
    Distributing = 1 << 5,
    /// <summary>It has heard nothing and believes what it was told.</summary>
    Defaulted = 1 << 6,
    /// <summary>It has heard nothing for too long.</summary>
    Expired = 1 << 7,
}
