using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>The literals of Zstandard's blocks: what no match gives (RFC 8878, section 3.1.1.3.1).</summary>
internal sealed class ZstdLiterals
{
    private const int Raw = 0, Repeated = 1, Coded = 2;   // 3: in the code of the block before
    private const int JumpTableBytes = 6, Streams = 4;

    private readonly ZstdHuffman _code = new();
    private readonly byte[] _bytes = new byte[ZstdBlock.BytesMax];
    private int _count;

    /// <summary>The literals of the block.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <summary>A new frame begins.</summary>
    public void Restart() => _code.Clear();

    /// <summary>Reads the first section of a block.</summary>
    public bool TryRead(ReadOnlySpan<byte> block, int blockBytesMax, out int usedBytes)
    {
        usedBytes = 0;
        if (block.Length == 0) return false;
        int kind = block[0] & 3;
        if (!TryReadSizes(block, kind, out Sizes sizes) || sizes.Literals > blockBytesMax) return false;
        if (sizes.Content > block.Length - sizes.Header) return false;
        ReadOnlySpan<byte> content = block.Slice(sizes.Header, sizes.Content);
        usedBytes = sizes.Header + sizes.Content;
        _count = sizes.Literals;
        Span<byte> literals = _bytes.AsSpan(0, _count);
        switch (kind)
        {
            case Raw:
                content.CopyTo(literals);
                return true;
            case Repeated:
                literals.Fill(content[0]);
                return true;
            default:
                return TryDecode(content, literals, kind == Coded, sizes.IsSingle);
        }
    }

    /// <param name="Header">Bytes of the sizes themselves.</param>
    /// <param name="Content">Bytes that follow them.</param>
    /// <param name="Literals">Bytes they stand for.</param>
    /// <param name="IsSingle">They are one stream, not four.</param>
    private readonly record struct Sizes(int Header, int Content, int Literals, bool IsSingle);

    private static bool TryReadSizes(ReadOnlySpan<byte> block, int kind, out Sizes sizes)
    {
        int format = block[0] >> 2 & 3;
        int header = kind >= Coded ? (format < 2 ? 3 : 2 + format) : (format & 1) == 0 ? 1 : 1 + (format + 1) / 2;
        sizes = default;
        if (block.Length < header) return false;
        ulong field = 0;
        for (int i = 0; i < header; i++) field |= (ulong)block[i] << 8 * i;
        if (kind < Coded)
        {
            int literals = (int)(field >> ((format & 1) == 0 ? 3 : 4));
            sizes = new Sizes(header, kind == Raw ? literals : 1, literals, IsSingle: true);
            return true;
        }
        int bits = format < 2 ? 10 : format == 2 ? 14 : 18;
        ulong mask = (1ul << bits) - 1;
        sizes = new Sizes(header, (int)(field >> 4 + bits & mask), (int)(field >> 4 & mask), format == 0);
        return true;
    }

    private bool TryDecode(ReadOnlySpan<byte> content, Span<byte> literals, bool bringsCode, bool isSingle)
    {
        if (bringsCode)
        {
            if (!_code.TryRead(content, out int usedBytes)) return false;
            content = content[usedBytes..];
        }
        if (!_code.IsSet) return false;
        if (isSingle) return _code.TryDecode(content, literals);
        if (content.Length < JumpTableBytes) return false;
        int share = (literals.Length + Streams - 1) / Streams;
        ReadOnlySpan<byte> lengths = content[..JumpTableBytes];
        content = content[JumpTableBytes..];
        for (int i = 0; i < Streams - 1; i++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(lengths[(2 * i)..]);
            if (length > content.Length || share > literals.Length) return false;
            if (!_code.TryDecode(content[..length], literals[..share])) return false;
            content = content[length..];
            literals = literals[share..];
        }
        return _code.TryDecode(content, literals);
    }
}
