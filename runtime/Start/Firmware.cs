namespace Internal.Runtime;

/// <summary>The three firmware services the runtime itself needs: pages, and a line on the console when all else
/// failed. Offsets: UEFI 2.10, 4.3 (system table), 4.4 (boot services), 12.4 (text output).</summary>
internal static unsafe class Firmware
{
    public static nuint Aborted => unchecked((nuint)0x8000_0000_0000_0015);
    public const nuint PageBytes = 4096;

    private const int ConsoleOutOffset = 64;
    private const int BootServicesOffset = 96;
    private const int AllocatePagesOffset = 40;
    private const int FreePagesOffset = 48;
    private const int OutputStringOffset = 8;
    private const int AllocateAnyPages = 0;
    private const int LoaderData = 2;
    private const int LineCharsMax = 120;

    private static byte* s_systemTable;

    public static void Attach(byte* systemTable) => s_systemTable = systemTable;

    /// <summary>Pages from the firmware, not zeroed; null if it has none.</summary>
    public static byte* AllocatePages(nuint bytes)
    {
        byte* services = *(byte**)(s_systemTable + BootServicesOffset);
        var allocate = *(delegate* unmanaged<int, int, nuint, ulong*, nuint>*)(services + AllocatePagesOffset);
        ulong address = 0;
        return allocate(AllocateAnyPages, LoaderData, bytes / PageBytes, &address) == 0 ? (byte*)address : null;
    }

    public static void FreePages(byte* start, nuint bytes)
    {
        if (start == null) return;
        byte* services = *(byte**)(s_systemTable + BootServicesOffset);
        var free = *(delegate* unmanaged<ulong, nuint, nuint>*)(services + FreePagesOffset);
        free((ulong)start, bytes / PageBytes);
    }

    /// <summary>Writes to the firmware's console, allocating nothing; \n becomes \r\n.</summary>
    public static void Write(string text)
    {
        char* line = stackalloc char[LineCharsMax + 3];
        int used = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char next = text[i];
            if (next == '\n' && (i == 0 || text[i - 1] != '\r')) line[used++] = '\r';
            line[used++] = next;
            if (used < LineCharsMax) continue;
            Output(line, used);
            used = 0;
        }
        Output(line, used);
    }

    /// <summary>Writes 0x and the number in hexadecimal.</summary>
    public static void WriteHex(ulong number)
    {
        char* line = stackalloc char[19];
        int at = 18;
        do
        {
            uint digit = (uint)number & 15;
            line[--at] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            number >>= 4;
        }
        while (number != 0);
        line[--at] = 'x';
        line[--at] = '0';
        Output(line + at, 18 - at);
    }

    private static void Output(char* line, int length)
    {
        line[length] = '\0';
        byte* console = *(byte**)(s_systemTable + ConsoleOutOffset);
        if (console == null) return;
        var output = *(delegate* unmanaged<byte*, char*, nuint>*)(console + OutputStringOffset);
        output(console, line);
    }
}
