namespace Bootlace.Wire;

/// <summary>The kind of a TFTP packet.</summary>
public readonly record struct TftpOpcode(ushort Value)
{
    /// <summary>Asks to read a file.</summary>
    public static TftpOpcode ReadRequest => new(1);
    /// <summary>Asks to write a file; we never do.</summary>
    public static TftpOpcode WriteRequest => new(2);
    /// <summary>A block of the file.</summary>
    public static TftpOpcode Data => new(3);
    /// <summary>A block has arrived.</summary>
    public static TftpOpcode Ack => new(4);
    /// <summary>The transfer is over.</summary>
    public static TftpOpcode Error => new(5);
    /// <summary>Options granted (RFC 2347).</summary>
    public static TftpOpcode OptionAck => new(6);

    /// <inheritdoc/>
    // compared per packet: the generated one may allocate
    public bool Equals(TftpOpcode other) => Value == other.Value;
    /// <inheritdoc/>
    public override int GetHashCode() => Value;
}
