namespace Bootlace.Wire;

/// <summary>The kind of an ICMP message.</summary>
public readonly record struct IcmpType(byte Value)
{
    /// <summary>The answer to an echo.</summary>
    public static IcmpType EchoReply => new(0);
    /// <summary>A packet of ours could not be delivered.</summary>
    public static IcmpType Unreachable => new(3);
    /// <summary>A router knows a better way.</summary>
    public static IcmpType Redirect => new(5);
    /// <summary>A request to send the same back.</summary>
    public static IcmpType Echo => new(8);
    /// <summary>A packet of ours ran out of hops, or its fragments out of time.</summary>
    public static IcmpType TimeExceeded => new(11);
    /// <summary>A packet of ours has a field that makes no sense.</summary>
    public static IcmpType ParameterProblem => new(12);

    /// <inheritdoc/>
    public bool Equals(IcmpType other) => Value == other.Value;   // compared per frame: the generated one may allocate
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
