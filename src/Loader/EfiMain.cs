using System;
using System.Runtime.InteropServices;
using Bootlace.Boot;
using Bootlace.Uefi;
using Bootlace.Wire;

namespace Bootlace.Loader;

/// <summary>Where the firmware enters, by way of runtime/, and where everything is undone before it gets control back.
/// </summary>
internal static class EfiMain
{
    private const ulong Aborted = 1ul << 63 | 21;

    [UnmanagedCallersOnly(EntryPoint = "BootlaceMain")]
    private static nuint Main(nint imageHandle, nint systemTable)
    {
        UefiFirmware firmware = UefiFirmware.Enter(imageHandle, systemTable, new Cpu());
#if FREESTANDING
        Runtime.AbortHooks.Add(firmware.Leave);
#endif
        ulong status;
        try
        {
            status = new Wiring(firmware).CreateSession().Run();
        }
        catch (BootFailure failure)
        {
            // Only what keeps us from starting at all arrives here: no network card, no memory for the stack's buffers.
            firmware.Console.Write(failure.Describe() + "\n");
            status = Aborted;
        }
        firmware.Leave();
#if FREESTANDING
        Runtime.AbortHooks.Remove(firmware.Leave);
#endif
        return (nuint)status;
    }
}
