using System;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>EFI_STATUS (UEFI 2.10, appendix D). The firmware may return values nobody listed; they stay
/// printable.</summary>
public readonly struct Status(nuint value) : IEquatable<Status>
{
    private const int ErrorBit = 63;

    /// <summary>The number as the firmware knows it.</summary>
    public nuint Value { get; } = value;

    /// <summary>EFI_SUCCESS.</summary>
    public static Status Success => default;
    /// <summary>EFI_LOAD_ERROR.</summary>
    public static Status LoadError => Error(1);
    /// <summary>EFI_INVALID_PARAMETER.</summary>
    public static Status InvalidParameter => Error(2);
    /// <summary>EFI_UNSUPPORTED.</summary>
    public static Status Unsupported => Error(3);
    /// <summary>EFI_BAD_BUFFER_SIZE.</summary>
    public static Status BadBufferSize => Error(4);
    /// <summary>EFI_BUFFER_TOO_SMALL.</summary>
    public static Status BufferTooSmall => Error(5);
    /// <summary>EFI_NOT_READY.</summary>
    public static Status NotReady => Error(6);
    /// <summary>EFI_DEVICE_ERROR.</summary>
    public static Status DeviceError => Error(7);
    /// <summary>EFI_WRITE_PROTECTED.</summary>
    public static Status WriteProtected => Error(8);
    /// <summary>EFI_OUT_OF_RESOURCES.</summary>
    public static Status OutOfResources => Error(9);
    /// <summary>EFI_NO_MEDIA.</summary>
    public static Status NoMedia => Error(12);
    /// <summary>EFI_MEDIA_CHANGED.</summary>
    public static Status MediaChanged => Error(13);
    /// <summary>EFI_NOT_FOUND.</summary>
    public static Status NotFound => Error(14);
    /// <summary>EFI_ACCESS_DENIED.</summary>
    public static Status AccessDenied => Error(15);
    /// <summary>EFI_TIMEOUT.</summary>
    public static Status Timeout => Error(18);
    /// <summary>EFI_NOT_STARTED.</summary>
    public static Status NotStarted => Error(19);
    /// <summary>EFI_ALREADY_STARTED.</summary>
    public static Status AlreadyStarted => Error(20);
    /// <summary>EFI_ABORTED.</summary>
    public static Status Aborted => Error(21);
    /// <summary>EFI_PROTOCOL_ERROR.</summary>
    public static Status ProtocolError => Error(24);
    /// <summary>EFI_SECURITY_VIOLATION.</summary>
    public static Status SecurityViolation => Error(26);

    /// <summary>The error bit is set; warnings count as success.</summary>
    public bool IsError => Value >> ErrorBit != 0;

    /// <summary>What the script's <c>exit <paramref name="code"/></c> tells the firmware: 0 success, else the error bit
    /// and the low seven bits of the negated code, as iPXE does (spec/ipxe-compat.md 7.7).</summary>
    public static Status FromExitCode(uint code) => code == 0 ? Success : Error((0 - code) & 0x7f);

    /// <summary>The nearest status to a failure of ours, for the firmware's next decision.</summary>
    public static Status FromFailure(FailureKind kind) => (byte)(kind.Code >> 24) switch
    {
        ErrorNumber.AccessDenied or ErrorNumber.NotPermitted => AccessDenied,
        ErrorNumber.Canceled => Aborted,
        ErrorNumber.Invalid => InvalidParameter,
        ErrorNumber.NoBuffers or ErrorNumber.NoMemory or ErrorNumber.NoSpace => OutOfResources,
        ErrorNumber.NoDevice or ErrorNumber.NoEntry => NotFound,
        ErrorNumber.NotExecutable => LoadError,
        ErrorNumber.NotSupported or ErrorNumber.ProtocolNotSupported => Unsupported,
        ErrorNumber.Protocol => ProtocolError,
        ErrorNumber.ReadOnly => WriteProtected,
        ErrorNumber.TimedOut => Timeout,
        _ => DeviceError,
    };

    /// <summary>Throws a failure named after the service unless the firmware reports success.</summary>
    public static void ThrowUnless(Status status, string service)
    {
        if (status.IsError) throw new BootFailure(FirmwareFailure.ServiceFailed, $"{service} failed: {status}");
    }

    /// <summary>Likewise, where one certain error is as good as success.</summary>
    public static void ThrowUnless(Status status, Status tolerated, string service)
    {
        if (status != tolerated) ThrowUnless(status, service);
    }

    /// <summary>A raw value.</summary>
    public static implicit operator Status(nuint value) => new(value);
    /// <summary>Same value.</summary>
    public static bool operator ==(Status a, Status b) => a.Value == b.Value;
    /// <summary>Other value.</summary>
    public static bool operator !=(Status a, Status b) => a.Value != b.Value;
    /// <inheritdoc/>
    public bool Equals(Status other) => Value == other.Value;
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Status other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => (int)Value;

    /// <summary>The specification's name, or the number in hexadecimal.</summary>
    public override string ToString() => Name() ?? $"EFI status 0x{(ulong)Value:x}";

    private static Status Error(uint code) => new((nuint)1 << ErrorBit | code);

    private string? Name() => !IsError
        ? (Value == 0 ? "success" : null)
        : (ulong)(Value & ~((nuint)1 << ErrorBit)) switch
        {
            1 => "load error",
            2 => "invalid parameter",
            3 => "unsupported",
            4 => "bad buffer size",
            5 => "buffer too small",
            6 => "not ready",
            7 => "device error",
            8 => "write protected",
            9 => "out of resources",
            10 => "volume corrupted",
            11 => "volume full",
            12 => "no media",
            13 => "media changed",
            14 => "not found",
            15 => "access denied",
            16 => "no response",
            17 => "no mapping",
            18 => "timeout",
            19 => "not started",
            20 => "already started",
            21 => "aborted",
            22 => "ICMP error",
            23 => "TFTP error",
            24 => "protocol error",
            25 => "incompatible version",
            26 => "security violation",
            27 => "CRC error",
            28 => "end of media",
            31 => "end of file",
            32 => "invalid language",
            33 => "compromised data",
            34 => "IP address conflict",
            35 => "HTTP error",
            _ => null,
        };
}
