namespace Bootlace.Script;

/// <summary>How an interface gets its address.</summary>
public enum Configurator
{
    /// <summary>Every way there is.</summary>
    Any,
    /// <summary>DHCPv4 only.</summary>
    Dhcp,
}
