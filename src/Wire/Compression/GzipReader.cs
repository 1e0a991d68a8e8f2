using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>A gzip file (RFC 1952): deflate streams with a checksum each, one after the other. Zeroes may follow
/// them.</summary>
/// <param name="file">The file.</param>
public sealed class GzipReader(ReadOnlyMemory<byte> file) : Decompressor(file)
{
    private const int HeaderBytes = 10, TrailerBytes = 8, MethodOffset = 2, FlagsOffset = 3;
    private const byte Deflate = 8;
    private const int ChecksumFlag = 2, ExtraFlag = 4, NameFlag = 8, CommentFlag = 16, ReservedFlags = 0xe0;

    private int _next;           // where the stream under way begins, or the next member
    private Inflate? _stream;
    private uint _checksum, _length;

    /// <inheritdoc/>
    public override int WindowBytes => Inflate.WindowBytes;

    /// <summary>Whether a file begins like one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head) =>
        head.Length > MethodOffset && head[0] == 0x1f && head[1] == 0x8b && head[MethodOffset] == Deflate;

    /// <inheritdoc/>
    public override bool TryRead(Span<byte> window, int start, out int end, out ParseError error)
    {
        ReadOnlySpan<byte> file = File.Span;
        end = start;
        error = _stream is null ? BeginMember(file) : ParseError.None;
        if (_stream is null) return error == ParseError.None;
        end = _stream.Read(file[_next..], window, start, out error);
        _checksum = Crc32.Append(_checksum, window[start..end]);
        _length += (uint)(end - start);
        if (error == ParseError.None && _stream.IsDone) error = EndMember(file);
        return error == ParseError.None;
    }

    private ParseError BeginMember(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file[_next..];
        if (_next > 0 && rest.IndexOfAnyExcept((byte)0) < 0)
        {
            IsDone = true;
            return ParseError.None;
        }
        if (rest.Length < HeaderBytes) return ParseError.TooShort;
        if (!Recognises(rest)) return ParseError.BadKind;
        int flags = rest[FlagsOffset];
        if ((flags & ReservedFlags) != 0) return ParseError.BadKind;
        int at = HeaderBytes;
        if ((flags & ExtraFlag) != 0)
        {
            if (rest.Length - at < sizeof(ushort)) return ParseError.TooShort;
            int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[at..]);
            at += sizeof(ushort);
            if (rest.Length - at < extraBytes) return ParseError.TooShort;
            at += extraBytes;
        }
        if ((flags & NameFlag) != 0 && !TrySkipText(rest, ref at)) return ParseError.TooShort;
        if ((flags & CommentFlag) != 0 && !TrySkipText(rest, ref at)) return ParseError.TooShort;
        if ((flags & ChecksumFlag) != 0)
        {
            if (rest.Length - at < sizeof(ushort)) return ParseError.TooShort;
            if ((ushort)Crc32.Append(0, rest[..at]) != BinaryPrimitives.ReadUInt16LittleEndian(rest[at..]))
                return ParseError.BadChecksum;
            at += sizeof(ushort);
        }
        _next += at;
        _stream = new Inflate();
        _checksum = _length = 0;
        return ParseError.None;
    }

    private ParseError EndMember(ReadOnlySpan<byte> file)
    {
        _next += _stream!.UsedBytes;
        _stream = null;
        ReadOnlySpan<byte> trailer = file[_next..];
        if (trailer.Length < TrailerBytes) return ParseError.TooShort;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != _checksum) return ParseError.BadChecksum;
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]) != _length) return ParseError.BadLength;
        _next += TrailerBytes;
        return ParseError.None;
    }

    private static bool TrySkipText(ReadOnlySpan<byte> bytes, ref int at)
    {
        int length = bytes[at..].IndexOf((byte)0);
        at += length + 1;
        return length >= 0;
    }
}
