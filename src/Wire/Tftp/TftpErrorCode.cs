namespace Bootlace.Wire;

/// <summary>Why a TFTP peer ends a transfer (RFC 1350, RFC 2347).</summary>
public readonly record struct TftpErrorCode(ushort Value)
{
    /// <summary>See the text.</summary>
    public static TftpErrorCode Undefined => new(0);
    /// <summary>File not found.</summary>
    public static TftpErrorCode FileNotFound => new(1);
    /// <summary>Access violation.</summary>
    public static TftpErrorCode AccessViolation => new(2);
    /// <summary>Disk full.</summary>
    public static TftpErrorCode DiskFull => new(3);
    /// <summary>Illegal operation.</summary>
    public static TftpErrorCode IllegalOperation => new(4);
    /// <summary>Packet from a port that has no part in the transfer.</summary>
    public static TftpErrorCode UnknownTransferId => new(5);
    /// <summary>File already exists.</summary>
    public static TftpErrorCode FileExists => new(6);
    /// <summary>No such user.</summary>
    public static TftpErrorCode NoSuchUser => new(7);
    /// <summary>The options granted are not acceptable.</summary>
    public static TftpErrorCode OptionsRefused => new(8);
}
