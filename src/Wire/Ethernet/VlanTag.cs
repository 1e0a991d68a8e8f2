namespace Bootlace.Wire;

/// <summary>The tag control information of IEEE 802.1Q.</summary>
public readonly record struct VlanTag(ushort Value)
{
    /// <summary>Length of a tag on the wire, with the EtherType in front of it.</summary>
    public const int Bytes = 4;

    /// <summary>The tag of a VLAN with a priority.</summary>
    public static VlanTag Of(int id, int priority)
    {
        Check.That(id is >= 0 and <= 0xfff && priority is >= 0 and <= 7);
        return new VlanTag((ushort)(priority << 13 | id));
    }

    /// <summary>The VLAN, 0 to 4095; 0 means none, the tag carries only a priority.</summary>
    public int Id => Value & 0xfff;

    /// <summary>Priority 0 to 7.</summary>
    public int Priority => Value >> 13;

    /// <inheritdoc/>
    public bool Equals(VlanTag other) => Value == other.Value;   // compared per frame: the generated one may allocate
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
