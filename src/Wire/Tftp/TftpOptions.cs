using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>The options of a TFTP request or of its acknowledgement, as far as we know them; null: not there.</summary>
public readonly record struct TftpOptions
{
    /// <summary>Smallest and largest block size (RFC 2348).</summary>
    public const int BlockBytesMin = 8, BlockBytesMax = 65464;

    /// <summary>Block size without the option (RFC 1350).</summary>
    public const int BlockBytesDefault = 512;

    /// <summary>Largest window (RFC 7440).</summary>
    public const int WindowBlocksMax = 65535;

    private const int CountMax = 32;

    /// <summary>Bytes per block: blksize, RFC 2348.</summary>
    public int? BlockBytes { get; init; }

    /// <summary>Length of the file, 0 in a request to ask for it: tsize, RFC 2349.</summary>
    public ulong? FileBytes { get; init; }

    /// <summary>Blocks sent before an ACK is awaited: windowsize, RFC 7440.</summary>
    public int? WindowBlocks { get; init; }

    /// <summary>Seconds before the server repeats itself, 1 to 255: timeout, RFC 2349.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Reads pairs of NUL-ended strings. Unknown options are skipped. A block size, window or timeout that is
    /// not a number in its range is refused; a file length that is none is left out, it is only a hint.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out TftpOptions options, out ParseError error)
    {
        options = default;
        error = ParseError.None;
        for (int count = 0; bytes.Length > 0; count++)
        {
            error = ParseError.TooMany;
            if (count == CountMax) return false;
            error = ParseError.BadOption;
            if (!TryTakeText(ref bytes, out ReadOnlySpan<byte> name)) return false;
            if (!TryTakeText(ref bytes, out ReadOnlySpan<byte> value)) return false;
            if (!TryAdd(ref options, name, value)) return false;
            error = ParseError.None;
        }
        return true;
    }

    /// <summary>Takes the text in front of the next NUL; false without one.</summary>
    internal static bool TryTakeText(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        text = default;
        int end = bytes.IndexOf((byte)0);
        if (end < 0) return false;
        text = bytes[..end];
        bytes = bytes[(end + 1)..];
        return true;
    }

    private static bool TryAdd(ref TftpOptions options, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        bool isNumber = Ascii.TryReadDecimal(value, out ulong number);
        if (Ascii.EqualsIgnoreCase(name, "tsize"))
        {
            options = options with { FileBytes = isNumber ? number : null };
            return true;
        }
        if (Ascii.EqualsIgnoreCase(name, "blksize"))
        {
            options = options with { BlockBytes = (int)number };
            return isNumber && number is >= BlockBytesMin and <= BlockBytesMax;
        }
        if (Ascii.EqualsIgnoreCase(name, "windowsize"))
        {
            options = options with { WindowBlocks = (int)number };
            return isNumber && number is >= 1 and <= WindowBlocksMax;
        }
        if (Ascii.EqualsIgnoreCase(name, "timeout"))
        {
            options = options with { TimeoutSeconds = (int)number };
            return isNumber && number is >= 1 and <= 255;
        }
        return true;
    }

    /// <summary>Writes the options that are there, in the order iPXE does (blksize, tsize), then the others; false if
    /// they do not fit.</summary>
    internal bool TryEmit(Span<byte> target, ref int at) =>
        TryEmit(target, ref at, "blksize", (ulong?)BlockBytes)
        && TryEmit(target, ref at, "tsize", FileBytes)
        && TryEmit(target, ref at, "windowsize", (ulong?)WindowBlocks)
        && TryEmit(target, ref at, "timeout", (ulong?)TimeoutSeconds);

    private static bool TryEmit(Span<byte> target, ref int at, string name, ulong? value) =>
        value is not ulong number
        || (TryEmitText(target, ref at, name) && TryEmitText(target, ref at, number.ToString()));

    /// <summary>Writes text as UTF-8 with a NUL behind it; false if it holds a NUL itself or does not fit.</summary>
    internal static bool TryEmitText(Span<byte> target, ref int at, string text)
    {
        int countBytes = Encoding.UTF8.GetByteCount(text);
        if (text.Contains('\0') || countBytes >= target.Length - at) return false;
        at += Encoding.UTF8.GetBytes(text, target[at..]);
        target[at++] = 0;
        return true;
    }
}
