using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>What can go wrong between us and a peer below the application protocols: area 02.</summary>
public static class NetFailure
{
    /// <summary>No open interface has a route to the address.</summary>
    public static readonly FailureKind NoRoute = new(0x28020001,
        "There is no route to the network", "check that an interface has an address and a gateway (ifstat)");

    /// <summary>The next hop did not answer ARP.</summary>
    public static readonly FailureKind NeighborSilent = new(0x17020002,
        "The next hop does not answer ARP", "check the cable, the VLAN and the gateway address");

    /// <summary>ICMP told us that the host or network cannot be reached.</summary>
    public static readonly FailureKind Unreachable = new(0x17020003,
        "A router says that the host cannot be reached", "check the address and the routers between");

    /// <summary>ICMP told us that nothing listens on the UDP port.</summary>
    public static readonly FailureKind PortUnreachable = new(0x0e020004,
        "Nothing listens on the UDP port", "check that the service runs on the server");

    /// <summary>The peer answered our SYN with a reset, or ICMP refused it.</summary>
    public static readonly FailureKind ConnectionRefused = new(0x0e020005,
        "The server refused the connection", "check that the service runs on that port");

    /// <summary>The peer reset an open connection.</summary>
    public static readonly FailureKind ConnectionReset = new(0x0f020006,
        "The server reset the connection", "see the server's log");

    /// <summary>No answer to our SYNs.</summary>
    public static readonly FailureKind ConnectTimedOut = new(0x4c020007,
        "The server does not answer", "check the address, the port and any firewall between");

    /// <summary>The peer of an open connection has gone silent.</summary>
    public static readonly FailureKind PeerSilent = new(0x4c020008,
        "The server has stopped answering", "check the network and that the server still runs");

    /// <summary>The connection was closed or aborted on our side.</summary>
    public static readonly FailureKind NotConnected = new(0x38020009,
        "The connection is closed", "this is a fault of the loader if nothing was cancelled");

    /// <summary>The interface lost the address that the connection used.</summary>
    public static readonly FailureKind AddressGone = new(0x0402000a,
        "The interface has lost the address in use", "do not reconfigure an interface during a transfer");

    /// <summary>The port is bound already, or none is free.</summary>
    public static readonly FailureKind PortInUse = new(0x0302000b,
        "The local port is in use", "close what uses it");

    /// <summary>Too many connections at once.</summary>
    public static readonly FailureKind TooManyConnections = new(0x2a02000c,
        "Too many connections are open at once", "fetch fewer files in parallel");

    /// <summary>A datagram longer than the interface can carry.</summary>
    public static readonly FailureKind DatagramTooLong = new(0x2302000d,
        "The datagram is longer than the network can carry", "this is a fault of the loader");

    /// <summary>An interface was needed that is not open.</summary>
    public static readonly FailureKind InterfaceClosed = new(0x3802000e,
        "The network interface is not open", "open it first (ifopen)");

    /// <summary>A frame of a loopback test did not arrive.</summary>
    public static readonly FailureKind FrameLost = new(0x4c020010,
        "A test frame was lost", "check the cable or switch between the two interfaces");

    /// <summary>An echo did not come back.</summary>
    public static readonly FailureKind EchoUnanswered = new(0x4c02000f,
        "No answer to the ping", "the host may be down, or not answer pings; see route for the way there");
}
