using System.Buffers;

namespace System;

/// <summary>Bytes as hexadecimal digits.</summary>
public static partial class Convert
{
    public static string ToHexString(byte[] inArray)
    {
        ArgumentNullException.ThrowIfNull(inArray);
        return Hex(inArray, 'A');
    }

    public static string ToHexString(byte[] inArray, int offset, int length) =>
        Hex(inArray.AsSpan(offset, length), 'A');

    public static string ToHexString(ReadOnlySpan<byte> bytes) => Hex(bytes, 'A');

    public static string ToHexStringLower(byte[] inArray)
    {
        ArgumentNullException.ThrowIfNull(inArray);
        return Hex(inArray, 'a');
    }

    public static string ToHexStringLower(ReadOnlySpan<byte> bytes) => Hex(bytes, 'a');

    public static bool TryToHexString(ReadOnlySpan<byte> source, Span<char> destination, out int charsWritten) =>
        TryHex(source, destination, out charsWritten, 'A');

    public static bool TryToHexStringLower(ReadOnlySpan<byte> source, Span<char> destination, out int charsWritten) =>
        TryHex(source, destination, out charsWritten, 'a');

    public static byte[] FromHexString(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return FromHexString(s.AsSpan());
    }

    public static byte[] FromHexString(ReadOnlySpan<char> chars)
    {
        if (chars.Length % 2 != 0)
            throw new FormatException("The input is not a valid hex string as its length is not a multiple of 2.");
        if (chars.Length == 0) return [];
        var bytes = new byte[chars.Length / 2];
        if (FromHexString(chars, bytes, out _, out _) != OperationStatus.Done)
            throw new FormatException("The input is not a valid hex string as it contains a non-hex character.");
        return bytes;
    }

    public static OperationStatus FromHexString(string source, Span<byte> destination, out int charsConsumed,
        out int bytesWritten)
    {
        ArgumentNullException.ThrowIfNull(source);
        return FromHexString(source.AsSpan(), destination, out charsConsumed, out bytesWritten);
    }

    public static OperationStatus FromHexString(ReadOnlySpan<char> source, Span<byte> destination,
        out int charsConsumed, out int bytesWritten)
    {
        int pairs = Math.Min(source.Length / 2, destination.Length);
        for (bytesWritten = 0; bytesWritten < pairs; bytesWritten++)
        {
            int high = HexDigit(source[2 * bytesWritten]), low = HexDigit(source[2 * bytesWritten + 1]);
            if ((high | low) < 0)
            {
                charsConsumed = 2 * bytesWritten + (low < 0 ? 1 : 0);   // as .NET counts
                return OperationStatus.InvalidData;
            }
            destination[bytesWritten] = (byte)(high << 4 | low);
        }
        charsConsumed = 2 * bytesWritten;
        if (pairs < source.Length / 2) return OperationStatus.DestinationTooSmall;
        return source.Length % 2 != 0 ? OperationStatus.NeedMoreData : OperationStatus.Done;
    }

    private static string Hex(ReadOnlySpan<byte> bytes, char ten)
    {
        if (bytes.IsEmpty) return "";
        string text = string.FastAllocateString(checked(2 * bytes.Length));
        TryHex(bytes, string.Room(text), out _, ten);
        return text;
    }

    private static bool TryHex(ReadOnlySpan<byte> source, Span<char> target, out int written, char ten)
    {
        written = 0;
        if (target.Length / 2 < source.Length) return false;
        for (int i = 0; i < source.Length; i++)
        {
            target[written++] = HexChar(source[i] >> 4, ten);
            target[written++] = HexChar(source[i] & 15, ten);
        }
        return true;
    }

    private static char HexChar(int digit, char ten) => (char)(digit < 10 ? '0' + digit : ten + digit - 10);

    private static int HexDigit(char c) =>
        c is >= '0' and <= '9' ? c - '0' : c is >= 'a' and <= 'f' ? c - 'a' + 10 : c is >= 'A' and <= 'F' ? c - 'A' + 10
            : -1;
}
