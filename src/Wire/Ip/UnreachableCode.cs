namespace Bootlace.Wire;

/// <summary>Why a packet could not be delivered: the code of an ICMP destination unreachable (RFC 792, RFC
/// 1122).</summary>
public readonly record struct UnreachableCode(byte Value)
{
    /// <summary>No way to the network.</summary>
    public static UnreachableCode Network => new(0);
    /// <summary>No answer from the host's link.</summary>
    public static UnreachableCode Host => new(1);
    /// <summary>The host does not have the protocol.</summary>
    public static UnreachableCode Protocol => new(2);
    /// <summary>Nobody listens on the port.</summary>
    public static UnreachableCode Port => new(3);
    /// <summary>Too long for a link, and may not be cut.</summary>
    public static UnreachableCode FragmentationNeeded => new(4);
    /// <summary>Forbidden by a filter.</summary>
    public static UnreachableCode Prohibited => new(13);

    /// <inheritdoc/>
    // compared per frame: the generated one may allocate
    public bool Equals(UnreachableCode other) => Value == other.Value;
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
