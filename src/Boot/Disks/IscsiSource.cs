using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The session behind an iSCSI disk: what an operating system needs to open its own.</summary>
/// <param name="Options">Target, LUN, names and secrets.</param>
/// <param name="Address">The portal's address, behind all redirections.</param>
/// <param name="Port">Its port.</param>
/// <param name="PortalGroupTag">The portal group the target says it was reached through.</param>
public sealed record IscsiSource(IscsiOptions Options, IpAddress Address, ushort Port, ushort PortalGroupTag)
{
    /// <summary>Headers carry a CRC32C.</summary>
    public bool HasHeaderDigest { get; init; }

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool HasDataDigest { get; init; }

    /// <summary>For messages: never a secret.</summary>
    public override string ToString() => Options.ToString();
}
