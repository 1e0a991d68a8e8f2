using System;

namespace Bootlace.Wire;

/// <summary>The header of one of the blocks a Zstandard frame consists of (RFC 8878, section 3.1.1.2).</summary>
/// <param name="Kind">How it is stored.</param>
/// <param name="IsLast">No other follows in the frame.</param>
/// <param name="Size">Bytes it holds, or how often its one byte is to be repeated.</param>
internal readonly record struct ZstdBlock(ZstdBlock.Storage Kind, bool IsLast, int Size)
{
    /// <summary>The most that any block is or gets.</summary>
    public const int BytesMax = 128 * 1024;

    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 3;

    /// <summary>How a block is stored.</summary>
    public enum Storage
    {
        /// <summary>As it is.</summary>
        Raw,
        /// <summary>One byte again and again.</summary>
        Repeated,
        /// <summary>Compressed.</summary>
        Compressed,
    }

    /// <summary>Bytes that follow the header.</summary>
    public int StoredBytes => Kind == Storage.Repeated ? 1 : Size;

    /// <summary>Reads a header and sees that its block is all there.</summary>
    /// <param name="bytes">Begins with the header.</param>
    /// <param name="bytesMax">The most that a block of the frame is or gets.</param>
    /// <param name="block">The header.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int bytesMax, out ZstdBlock block, out ParseError error)
    {
        block = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        int field = bytes[0] | bytes[1] << 8 | bytes[2] << 16;
        error = ParseError.BadKind;
        if ((field >> 1 & 3) > (int)Storage.Compressed) return false;
        block = new ZstdBlock((Storage)(field >> 1 & 3), (field & 1) != 0, field >> 3);
        error = ParseError.BadLength;
        if (block.Size > bytesMax) return false;
        error = ParseError.TooShort;
        if (block.StoredBytes > bytes.Length - HeaderBytes) return false;
        error = ParseError.None;
        return true;
    }
}
