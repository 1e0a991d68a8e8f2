namespace Bootlace.Crypto;

/// <summary>What came of reading.</summary>
public enum TlsRead
{
    /// <summary>Bytes.</summary>
    Data,

    /// <summary>It goes on when more of the peer's records are there.</summary>
    NeedsInput,

    /// <summary>The peer has ended the stream, and said so.</summary>
    End,
}
