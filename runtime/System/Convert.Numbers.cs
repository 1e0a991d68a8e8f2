namespace System;

public static partial class Convert
{
    public static byte ToByte(string? value, int fromBase) => checked((byte)FromBase(value, fromBase, byte.MaxValue));

    public static ushort ToUInt16(string? value, int fromBase) =>
        checked((ushort)FromBase(value, fromBase, ushort.MaxValue));

    public static uint ToUInt32(string? value, int fromBase) => checked((uint)FromBase(value, fromBase, uint.MaxValue));

    public static ulong ToUInt64(string? value, int fromBase) => FromBase(value, fromBase, ulong.MaxValue);

    public static int ToInt32(string? value, int fromBase) =>
        fromBase == 10 && value is not null ? int.Parse(value, Globalization.NumberStyles.AllowLeadingSign)
            : (int)(uint)FromBase(value, fromBase, uint.MaxValue);

    // Base 2, 8, 10 or 16, the last one with or without 0x.
    private static ulong FromBase(string? value, int fromBase, ulong greatest)
    {
        if (fromBase is not (2 or 8 or 10 or 16)) throw new ArgumentException("Invalid Base.");
        if (value is null) return 0;
        if (value.Length == 0) throw new ArgumentOutOfRangeException("startIndex", "Index was out of range.");
        int start = fromBase == 16 && value.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        if (start == value.Length) throw new FormatException("Could not find any recognizable digits.");
        ulong number = 0;
        for (int i = start; i < value.Length; i++)
        {
            int digit = HexDigit(value[i]);
            if (digit < 0 || digit >= fromBase)
                throw new FormatException(i == start ? "Could not find any recognizable digits."
                    : "Additional non-parsable characters are at the end of the string.");
            if (number > (greatest - (uint)digit) / (uint)fromBase)
                throw new OverflowException("Value was either too large or too small.");
            number = number * (uint)fromBase + (uint)digit;
        }
        return number;
    }
}
