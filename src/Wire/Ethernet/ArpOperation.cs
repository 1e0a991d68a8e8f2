namespace Bootlace.Wire;

/// <summary>What an ARP message wants.</summary>
public readonly record struct ArpOperation(ushort Value)
{
    /// <summary>Who has the target address?</summary>
    public static ArpOperation Request => new(1);
    /// <summary>The source has the source address.</summary>
    public static ArpOperation Reply => new(2);

    /// <inheritdoc/>
    // compared per frame: the generated one may allocate
    public bool Equals(ArpOperation other) => Value == other.Value;
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
