namespace Bootlace.Wire;

/// <summary>Where an address came from (iBFT 1.02 section 2.6, Windows' NL_PREFIX_ORIGIN).</summary>
public enum IbftOrigin : byte
{
    /// <summary>None of these.</summary>
    Other = 0,
    /// <summary>Set by hand.</summary>
    Manual = 1,
    /// <summary>Known to everyone.</summary>
    WellKnown = 2,
    /// <summary>From DHCP.</summary>
    Dhcp = 3,
    /// <summary>From a router.</summary>
    RouterAdvertisement = 4,
}
