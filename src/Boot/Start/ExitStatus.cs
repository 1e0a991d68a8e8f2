using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What the firmware is told when we leave (spec/ipxe-compat.md 7.7).</summary>
public static class ExitStatus
{
    private const ulong ErrorBit = 1ul << 63;
    private const ulong InvalidParameter = 2, Unsupported = 3, DeviceError = 7, OutOfResources = 9, NotFound = 14;
    private const ulong AccessDenied = 15, NoMedia = 12, TimedOut = 18, Aborted = 21, Protocol = 24, Security = 26;
    private const int ErrorNumberShift = 24;

    /// <summary>0 is success; a failure becomes its nearest EFI error; <c>exit n</c> becomes the error bit and
    /// <c>-n &amp; 0x7f</c>: <c>exit 1</c> is 0x800000000000007f.</summary>
    public static ulong ToEfi(Status status)
    {
        if (status.IsSuccess) return 0;
        byte number = (byte)(status.Code >> ErrorNumberShift);
        if (number == 0) return ErrorBit | (0 - status.Code & 0x7f);
        return ErrorBit | number switch
        {
            ErrorNumber.Invalid or ErrorNumber.Range => InvalidParameter,
            ErrorNumber.NotExecutable or ErrorNumber.NotSupported or ErrorNumber.ProtocolNotSupported => Unsupported,
            ErrorNumber.NoMemory or ErrorNumber.NoBuffers or ErrorNumber.NoSpace => OutOfResources,
            ErrorNumber.NoEntry or ErrorNumber.NoDevice => NotFound,
            ErrorNumber.AccessDenied => AccessDenied,
            ErrorNumber.NotPermitted => Security,
            ErrorNumber.NotConnected or ErrorNumber.NetworkUnreachable => NoMedia,
            ErrorNumber.TimedOut => TimedOut,
            ErrorNumber.Canceled => Aborted,
            ErrorNumber.Protocol => Protocol,
            _ => DeviceError,
        };
    }
}
