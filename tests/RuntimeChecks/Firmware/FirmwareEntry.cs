using System;
using System.Runtime.InteropServices;

namespace Bootlace.RuntimeChecks;

/// <summary>Runs the checks on runtime/ and prints what failed and the totals to the firmware's console.</summary>
internal static unsafe class FirmwareEntry
{
    // UEFI 2.10, 4.3 and 12.4: ConOut in the system table, OutputString in it.
    private const int ConsoleOutOffset = 64;
    private const int OutputStringOffset = 8;
    private const int LineCharsMax = 200;
    private static nuint Aborted => unchecked((nuint)0x8000_0000_0000_0015);

    private static byte* s_systemTable;

    [UnmanagedCallersOnly(EntryPoint = "BootlaceMain")]
    private static nuint Main(nint imageHandle, nint systemTable)
    {
        s_systemTable = (byte*)systemTable;
        try
        {
            return CheckRun.All(Print) == 0 ? 0 : Aborted;
        }
        catch (Exception failure)
        {
            Print("runtime-checks: " + failure.Message);
            return Aborted;
        }
    }

    private static void Print(string line)
    {
        byte* console = *(byte**)(s_systemTable + ConsoleOutOffset);
        var output = *(delegate* unmanaged<byte*, char*, nuint>*)(console + OutputStringOffset);
        char* text = stackalloc char[LineCharsMax + 3];
        int length = Math.Min(line.Length, LineCharsMax);
        for (int i = 0; i < length; i++) text[i] = line[i] is >= ' ' and < (char)127 ? line[i] : '?';
        text[length++] = '\r';
        text[length++] = '\n';
        text[length] = '\0';
        output(console, text);
    }
}
