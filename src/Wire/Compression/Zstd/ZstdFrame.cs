using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The header of a Zstandard frame (RFC 8878, sections 3.1.1.1 and 3.1.2).</summary>
/// <param name="HeaderBytes">How long the header is.</param>
/// <param name="SkippedBytes">Bytes of a frame that is none of our business, behind its header; -1: it is ours.</param>
/// <param name="WindowBytes">How far back matches reach.</param>
/// <param name="ContentBytes">How long the content gets, where the header says so.</param>
/// <param name="HasChecksum">A checksum of the content follows the last block.</param>
internal readonly record struct ZstdFrame(
    int HeaderBytes, int SkippedBytes, int WindowBytes, ulong? ContentBytes, bool HasChecksum)
{
    private const uint Magic = 0xfd2f_b528, SkippedMagic = 0x184d_2a50;   // and 15 more of the latter
    private const int MagicBytes = 4, WindowBytesMin = 1024;

    /// <summary>Whether a file begins like one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length >= MagicBytes && IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(head));

    /// <summary>The most that a block of it is or gets.</summary>
    public int BlockBytesMax => Math.Min(WindowBytes, ZstdBlock.BytesMax);

    /// <summary>Reads a header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ZstdFrame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.TooShort;
        if (bytes.Length < MagicBytes + 1) return false;
        error = ParseError.BadKind;
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (!IsMagic(magic)) return false;
        if (magic != Magic) return TryReadSkipped(bytes, out frame, out error);

        int flags = bytes[MagicBytes];
        bool isSingle = (flags & 0x20) != 0;
        int dictionaryBytes = (1 << (flags & 3)) >> 1;
        int sizeBytes = (flags >> 6) switch { 0 => isSingle ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        int at = MagicBytes + 1;
        int headerBytes = at + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes;
        if ((flags & 0x08) != 0) return false;
        error = ParseError.TooShort;
        if (bytes.Length < headerBytes) return false;

        ulong window = isSingle ? 0 : WindowOf(bytes[at++]);
        error = ParseError.BadOption;   // a dictionary that we do not have
        if (ReadNumber(bytes.Slice(at, dictionaryBytes)) != 0) return false;
        at += dictionaryBytes;
        ulong? size = sizeBytes == 0 ? null : ReadNumber(bytes.Slice(at, sizeBytes)) + (sizeBytes == 2 ? 256u : 0u);
        // A frame in one segment has its content for a window, which may be shorter than any other window.
        if (isSingle) window = size!.Value;
        error = ParseError.TooMany;
        if (window > ZstdReader.WindowBytesMax) return false;
        frame = new ZstdFrame(headerBytes, -1, (int)window, size, (flags & 0x04) != 0);
        error = ParseError.None;
        return true;
    }

    private static bool IsMagic(uint magic) => magic == Magic || (magic & ~15u) == SkippedMagic;

    private static ulong WindowOf(byte field)
    {
        ulong whole = (ulong)WindowBytesMin << (field >> 3);
        return whole + whole / 8 * (field & 7u);
    }

    private static bool TryReadSkipped(ReadOnlySpan<byte> bytes, out ZstdFrame frame, out ParseError error)
    {
        frame = default;
        error = ParseError.TooShort;
        if (bytes.Length < MagicBytes + sizeof(uint)) return false;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[MagicBytes..]);
        if (length > bytes.Length - MagicBytes - sizeof(uint)) return false;
        frame = new ZstdFrame(MagicBytes + sizeof(uint), (int)length, 0, 0, false);
        error = ParseError.None;
        return true;
    }

    private static ulong ReadNumber(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++) value |= (ulong)bytes[i] << 8 * i;
        return value;
    }
}
