namespace Bootlace.Wire;

/// <summary>The portable top byte of a failure code: the POSIX-like numbers scripts compare <c>${errno}</c> with.
/// Values are iPXE's (spec/ipxe-compat.md 1.9).</summary>
public static class ErrorNumber
{
    /// <summary>Permission denied (EACCES).</summary>
    public const byte AccessDenied = 0x02;
    /// <summary>Address already in use (EADDRINUSE).</summary>
    public const byte AddressInUse = 0x03;
    /// <summary>Address not available (EADDRNOTAVAIL).</summary>
    public const byte AddressNotAvailable = 0x04;
    /// <summary>Resource temporarily unavailable (EAGAIN).</summary>
    public const byte Again = 0x06;
    /// <summary>Device or resource busy (EBUSY).</summary>
    public const byte Busy = 0x0a;
    /// <summary>Cancelled by the user or the caller (ECANCELED).</summary>
    public const byte Canceled = 0x0b;
    /// <summary>Connection refused (ECONNREFUSED).</summary>
    public const byte ConnectionRefused = 0x0e;
    /// <summary>Connection reset by the peer (ECONNRESET).</summary>
    public const byte ConnectionReset = 0x0f;
    /// <summary>Already exists (EEXIST).</summary>
    public const byte Exists = 0x14;
    /// <summary>Host unreachable (EHOSTUNREACH).</summary>
    public const byte HostUnreachable = 0x17;
    /// <summary>Operation in progress (EINPROGRESS).</summary>
    public const byte InProgress = 0x1a;
    /// <summary>Invalid argument (EINVAL).</summary>
    public const byte Invalid = 0x1c;
    /// <summary>Input/output error (EIO).</summary>
    public const byte InputOutput = 0x1d;
    /// <summary>Is a directory (EISDIR).</summary>
    public const byte IsDirectory = 0x1f;
    /// <summary>Too many levels, as of redirects (ELOOP).</summary>
    public const byte Loop = 0x20;
    /// <summary>Message too long (EMSGSIZE).</summary>
    public const byte MessageSize = 0x23;
    /// <summary>Network unreachable (ENETUNREACH).</summary>
    public const byte NetworkUnreachable = 0x28;
    /// <summary>No buffer space (ENOBUFS).</summary>
    public const byte NoBuffers = 0x2a;
    /// <summary>No such device (ENODEV).</summary>
    public const byte NoDevice = 0x2c;
    /// <summary>No such file or entry (ENOENT).</summary>
    public const byte NoEntry = 0x2d;
    /// <summary>Not executable (ENOEXEC).</summary>
    public const byte NotExecutable = 0x2e;
    /// <summary>Out of memory (ENOMEM).</summary>
    public const byte NoMemory = 0x31;
    /// <summary>No space left (ENOSPC).</summary>
    public const byte NoSpace = 0x34;
    /// <summary>Not connected (ENOTCONN).</summary>
    public const byte NotConnected = 0x38;
    /// <summary>Not supported (ENOTSUP).</summary>
    public const byte NotSupported = 0x3c;
    /// <summary>Not in a script or terminal (ENOTTY).</summary>
    public const byte NotTty = 0x3d;
    /// <summary>Operation not permitted (EPERM).</summary>
    public const byte NotPermitted = 0x41;
    /// <summary>Broken pipe (EPIPE).</summary>
    public const byte BrokenPipe = 0x42;
    /// <summary>Protocol error (EPROTO).</summary>
    public const byte Protocol = 0x43;
    /// <summary>Protocol not supported (EPROTONOSUPPORT).</summary>
    public const byte ProtocolNotSupported = 0x44;
    /// <summary>Result out of range (ERANGE).</summary>
    public const byte Range = 0x46;
    /// <summary>Read-only (EROFS).</summary>
    public const byte ReadOnly = 0x47;
    /// <summary>Timed out (ETIMEDOUT).</summary>
    public const byte TimedOut = 0x4c;
}
