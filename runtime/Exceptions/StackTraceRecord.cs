namespace Internal.Runtime;

/// <summary>Return addresses, innermost first, relative to the image.</summary>
internal unsafe struct StackTraceRecord
{
    private const int CountMax = 30;

    private int _count;
    private fixed uint _addresses[CountMax];

    public void Add(nuint returnAddress)
    {
        if (_count < CountMax) _addresses[_count] = FunctionTable.ToRva(returnAddress);
        _count++;
    }

    public readonly string? Describe()
    {
        if (_count == 0) return null;
        string text = "";
        for (int i = 0; i < _count && i < CountMax; i++)
            text = string.Concat(text, i == 0 ? "   at" : "", " 0x", Hex(_addresses[i]));
        return _count > CountMax ? string.Concat(text, " ...") : text;
    }

    /// <summary>Writes it to the firmware's console, allocating nothing.</summary>
    public readonly void Write()
    {
        Firmware.Write("   at");
        for (int i = 0; i < _count && i < CountMax; i++)
        {
            Firmware.Write(i > 0 && i % 8 == 0 ? "\n      " : " ");
            Firmware.WriteHex(_addresses[i]);
        }
        Firmware.Write(_count > CountMax ? " ...\n" : "\n");
    }

    private static string Hex(uint number)
    {
        char* digits = stackalloc char[8];
        int at = 8;
        do
        {
            uint digit = number & 15;
            digits[--at] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            number >>= 4;
        }
        while (number != 0);
        return new string(digits, at, 8 - at);
    }
}
