using System;
using Bootlace.Net;

namespace Bootlace.San;

/// <summary>Our half of a session's identity, the ISID (RFC 7143 section 11.12.5): 6 bytes as a big-endian number. A
/// login with the same one and the same initiator name takes the place of the session before.</summary>
/// <param name="Value">The 48 bits.</param>
public readonly record struct InitiatorSessionId(ulong Value)
{
    /// <summary>Type EN and enterprise number 10019 (spec/ipxe-compat.md 6.2), the qualifier open.</summary>
    private const ulong EnterpriseFormat = 0x40_00_27_23_0000;

    /// <summary>A new one, told apart from others of ours by a random qualifier.</summary>
    public static InitiatorSessionId Create(IEntropy entropy)
    {
        Span<byte> qualifier = stackalloc byte[2];
        entropy.Fill(qualifier);
        return new InitiatorSessionId(EnterpriseFormat | (ulong)qualifier[0] << 8 | qualifier[1]);
    }
}
