namespace Bootlace.San;

/// <summary>A part of a command's data that is sent as one sequence of Data-Out PDUs.</summary>
internal struct DataBurst
{
    /// <summary>The R2T's tag, to be repeated.</summary>
    public uint TargetTag;

    /// <summary>The R2T's LUN, to be repeated.</summary>
    public ulong Lun;

    /// <summary>Where what is left starts in the command's data.</summary>
    public int Offset;

    /// <summary>How much is left.</summary>
    public int LeftBytes;

    /// <summary>The next PDU's number in the sequence.</summary>
    public uint DataSn;
}
