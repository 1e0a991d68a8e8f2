using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Internal.Runtime;

/// <summary>The end of the program by a fault of ours: says what and where, lets the application take back what it gave
/// the firmware, and returns to the firmware with EFI_ABORTED.</summary>
internal static unsafe class Crash
{
    private static bool s_crashing;

    [RuntimeImport("*", "ReturnToFirmware")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ReturnToFirmware(nuint status);

    /// <summary>Nobody catches <paramref name="exception"/>.</summary>
    public static void Unhandled(Exception exception)
    {
        if (!s_crashing)
        {
            s_crashing = true;
            Report(exception);
            Bootlace.Runtime.AbortHooks.RunAll();
        }
        ReturnToFirmware(Firmware.Aborted);
    }

    /// <summary>Ends the program at once: the runtime itself does not understand what it sees.</summary>
    public static void Stop(string message, nuint address)
    {
        Firmware.Write("\nbootlace: ");
        Firmware.Write(message);
        Firmware.Write(" near ");
        Firmware.WriteHex(FunctionTable.ToRva(address));
        Firmware.Write("\n");
        ReturnToFirmware(Firmware.Aborted);
    }

    /// <summary>Compiled code found the guard word at the end of its frame overwritten.</summary>
    [RuntimeExport("RhpFallbackFailFast")]
    private static void StackDamaged() => Stop("a frame was overwritten", 0);

    private static void Report(Exception exception)
    {
        string message;
        try
        {
            message = exception.Message;
        }
        catch
        {
            message = "(no message)";
        }
        Line(exception is FailFastException ? "bootlace: stopped: " : "bootlace: unhandled exception: ", message);
        exception.Trace.Write();
        for (Exception? inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            Line("bootlace: caused by: ", inner.Message);
            inner.Trace.Write();
        }
        Firmware.Write(X86Base.IsSupported ? "bootlace: x64 image at " : "bootlace: arm64 image at ");
        Firmware.WriteHex((ulong)FunctionTable.ImageBase);
        Firmware.Write("; ./build.sh symbolise turns these addresses into names\n");
    }

    private static void Line(string prefix, string text)
    {
        Firmware.Write("\n");
        Firmware.Write(prefix);
        Firmware.Write(text);
        Firmware.Write("\n");
    }
}
