namespace System;

/// <summary>Integers to text, for all integer types: G and D (decimal, at least n digits), X and x (hexadecimal), B
/// (binary). .NET's other formats need a culture and are refused.</summary>
internal static partial class Number
{
    /// <summary>Longest text converted on the stack.</summary>
    public const int StackCharsMax = 256;

    private const int PrecisionMax = 999_999_999;

    public static string Format(long value, int bytes, ReadOnlySpan<char> format)
    {
        ulong magnitude = value < 0 ? 0 - (ulong)value : (ulong)value;
        return new Layout(value < 0, magnitude, (ulong)value & Mask(bytes), format).ToText();
    }

    public static string Format(ulong value, ReadOnlySpan<char> format) =>
        new Layout(false, value, value, format).ToText();

    public static bool TryFormat(long value, int bytes, ReadOnlySpan<char> format, Span<char> target, out int written)
    {
        ulong magnitude = value < 0 ? 0 - (ulong)value : (ulong)value;
        return new Layout(value < 0, magnitude, (ulong)value & Mask(bytes), format).TryWrite(target, out written);
    }

    public static bool TryFormat(ulong value, ReadOnlySpan<char> format, Span<char> target, out int written) =>
        new Layout(false, value, value, format).TryWrite(target, out written);

    private static ulong Mask(int bytes) => bytes == 8 ? ulong.MaxValue : (1ul << 8 * bytes) - 1;

    /// <summary>A number as it will be written: sign, leading zeros, digits.</summary>
    private readonly ref struct Layout
    {
        private readonly ulong _value;
        private readonly bool _minus;
        private readonly char _kind;      // 'D', 'X', 'x' or 'B'
        private readonly int _digits;     // leading zeros included

        public Layout(bool negative, ulong magnitude, ulong bits, ReadOnlySpan<char> format)
        {
            int precision = 0;
            _kind = 'D';
            if (format.Length != 0) _kind = ReadFormat(format, out precision);
            bool isDecimal = _kind == 'D';
            _minus = isDecimal && negative;
            _value = isDecimal ? magnitude : bits;
            _digits = Math.Max(precision, isDecimal ? DecimalDigits(_value) : BitDigits(_value, _kind == 'B' ? 1 : 4));
        }

        private int Length => _digits + (_minus ? 1 : 0);

        public string ToText()
        {
            string text = string.FastAllocateString(Length);
            Write(new Span<char>(ref text.RawChars, text.Length));
            return text;
        }

        public bool TryWrite(Span<char> target, out int written)
        {
            written = 0;
            if (Length > target.Length) return false;
            written = Length;
            Write(target.Slice(0, written));
            return true;
        }

        private void Write(Span<char> target)
        {
            if (_kind == 'D') WriteDecimal(target, _minus ? 1 : 0, _value);
            else if (_kind == 'B') WriteBits(target, _value, 1, 'a');
            else WriteBits(target, _value, 4, _kind == 'x' ? 'a' : 'A');
            if (_minus) target[0] = '-';
        }
    }

    private static char ReadFormat(ReadOnlySpan<char> format, out int precision)
    {
        char kind = format[0];
        precision = 0;
        for (int i = 1; i < format.Length; i++)
        {
            if (!char.IsAsciiDigit(format[i]) || precision > PrecisionMax / 10) throw BadFormat();
            precision = 10 * precision + (format[i] - '0');
        }
        switch (kind)
        {
            case 'D' or 'd':
                return 'D';
            case 'G' or 'g':
                if (precision != 0) throw BadFormat();   // .NET would turn to exponents
                return 'D';
            case 'B' or 'b':
                return 'B';
            case 'X' or 'x':
                return kind;
            default:
                throw BadFormat();
        }
    }

    private static FormatException BadFormat() => new("Format specifier was invalid.");

    private static int DecimalDigits(ulong value)
    {
        int digits = 1;
        while (value >= 10_000)
        {
            value /= 10_000;
            digits += 4;
        }
        return value >= 1000 ? digits + 3 : value >= 100 ? digits + 2 : value >= 10 ? digits + 1 : digits;
    }

    private static int BitDigits(ulong value, int bitsPerDigit) =>
        Math.Max(1, (64 - Numerics.BitOperations.LeadingZeroCount(value) + bitsPerDigit - 1) / bitsPerDigit);

    // Fills target from its end down to `first`, with zeros in front of the digits.
    private static void WriteDecimal(Span<char> target, int first, ulong value)
    {
        int at = target.Length;
        while (value > uint.MaxValue)
        {
            ulong rest = value / 10;
            target[--at] = (char)('0' + (int)(value - rest * 10));
            value = rest;
        }
        uint small = (uint)value;
        while (at > first)
        {
            uint rest = small / 10;
            target[--at] = (char)('0' + (int)(small - rest * 10));
            small = rest;
        }
    }

    private static void WriteBits(Span<char> target, ulong value, int bitsPerDigit, char ten)
    {
        for (int at = target.Length - 1; at >= 0; at--)
        {
            int digit = (int)value & (1 << bitsPerDigit) - 1;
            target[at] = (char)(digit < 10 ? '0' + digit : ten + digit - 10);
            value >>= bitsPerDigit;
        }
    }
}
