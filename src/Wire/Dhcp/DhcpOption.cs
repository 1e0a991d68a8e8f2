namespace Bootlace.Wire;

/// <summary>Numbers of the options we read or send (RFC 2132, RFC 4578 and iPXE's own, spec/ipxe-compat.md 3.1 and
/// 4.1).
/// </summary>
public static class DhcpOption
{
    /// <summary>Netmask.</summary>
    public static DhcpTag Netmask => new(1);
    /// <summary>Gateways, best first.</summary>
    public static DhcpTag Gateway => new(3);
    /// <summary>DNS servers, best first.</summary>
    public static DhcpTag DnsServers => new(6);
    /// <summary>Our host name.</summary>
    public static DhcpTag HostName => new(12);
    /// <summary>Our DNS domain.</summary>
    public static DhcpTag Domain => new(15);
    /// <summary>The root path.</summary>
    public static DhcpTag RootPath => new(17);
    /// <summary>Interface MTU.</summary>
    public static DhcpTag Mtu => new(26);
    /// <summary>Vendor options: for PXE clients, encapsulated.</summary>
    public static DhcpTag VendorOptions => new(43);
    /// <summary>Requested address.</summary>
    public static DhcpTag RequestedAddress => new(50);
    /// <summary>Lease time in seconds.</summary>
    public static DhcpTag LeaseTime => new(51);
    /// <summary>Overload: the file and sname fields hold options.</summary>
    public static DhcpTag Overload => new(52);
    /// <summary>Message type.</summary>
    public static DhcpTag MessageType => new(53);
    /// <summary>Server identifier.</summary>
    public static DhcpTag ServerId => new(54);
    /// <summary>Options asked for.</summary>
    public static DhcpTag ParameterRequest => new(55);
    /// <summary>Longest DHCP message taken.</summary>
    public static DhcpTag MaxMessageBytes => new(57);
    /// <summary>Vendor class.</summary>
    public static DhcpTag VendorClass => new(60);
    /// <summary>Client identifier.</summary>
    public static DhcpTag ClientId => new(61);
    /// <summary>TFTP server name.</summary>
    public static DhcpTag ServerName => new(66);
    /// <summary>Boot file name.</summary>
    public static DhcpTag FileName => new(67);
    /// <summary>User class.</summary>
    public static DhcpTag UserClass => new(77);
    /// <summary>Client architecture, RFC 4578 section 2.1.</summary>
    public static DhcpTag Architecture => new(93);
    /// <summary>Client network interface, RFC 4578 section 2.2.</summary>
    public static DhcpTag NetworkInterface => new(94);
    /// <summary>Client machine identifier, RFC 4578 section 2.3.</summary>
    public static DhcpTag MachineId => new(97);
    /// <summary>DNS search list, RFC 3397.</summary>
    public static DhcpTag DomainSearch => new(119);
    /// <summary>Classless static routes, RFC 3442.</summary>
    public static DhcpTag ClasslessRoutes => new(121);
    /// <summary>iPXE's options, encapsulated.</summary>
    public static DhcpTag IpxeOptions => new(175);
    /// <summary>iPXE: which offer to prefer.</summary>
    public static DhcpTag Priority => new(175, 1);
    /// <summary>iPXE: not an option, the address given to us in the header.</summary>
    public static DhcpTag YourAddress => new(175, 2);
    /// <summary>iPXE: not an option, the next server in the header.</summary>
    public static DhcpTag NextServer => new(175, 3);
    /// <summary>iPXE: do not wait for a ProxyDHCP offer.</summary>
    public static DhcpTag NoPxeDhcp => new(175, 176);
}
