namespace Bootlace.San;

/// <summary>Something that is being read in order.</summary>
internal struct ReadStream
{
    /// <summary>It has been seen at all.</summary>
    public bool IsLive;

    /// <summary>First block of the last request.</summary>
    public ulong Start;

    /// <summary>Block behind the last request.</summary>
    public ulong Next;

    /// <summary>Line behind those read ahead.</summary>
    public ulong AheadEnd;

    /// <summary>Lines to read ahead at a time.</summary>
    public int WindowLines;

    /// <summary>When it was last read, in requests.</summary>
    public uint UsedAt;
}
