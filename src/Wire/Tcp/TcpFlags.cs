using System;

namespace Bootlace.Wire;

/// <summary>The control bits of a TCP segment.</summary>
[Flags]
public enum TcpFlags : byte
{
    /// <summary>No bit set.</summary>
    None = 0,
    /// <summary>No more data from the sender.</summary>
    Fin = 1,
    /// <summary>Synchronise sequence numbers.</summary>
    Syn = 2,
    /// <summary>Reset the connection.</summary>
    Rst = 4,
    /// <summary>Deliver now.</summary>
    Psh = 8,
    /// <summary>The acknowledgement number is valid.</summary>
    Ack = 16,
    /// <summary>The urgent pointer is valid.</summary>
    Urg = 32,
    /// <summary>ECN echo.</summary>
    Ece = 64,
    /// <summary>Congestion window reduced.</summary>
    Cwr = 128,
}
