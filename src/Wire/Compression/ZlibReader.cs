using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>A zlib file (RFC 1950): one deflate stream with its checksum. Zeroes may follow it.</summary>
/// <param name="file">The file.</param>
public sealed class ZlibReader(ReadOnlyMemory<byte> file) : Decompressor(file)
{
    private const byte UsualStart = 0x78;

    private readonly Inflate _stream = new();
    private uint _checksum = 1;
    private bool _isBegun;

    /// <inheritdoc/>
    public override int WindowBytes => Inflate.WindowBytes;

    /// <summary>Whether a file begins like one with a window of the usual size: two bytes only, as others have by
    /// chance.</summary>
    public static bool Recognises(ReadOnlySpan<byte> head) =>
        Zlib.JudgeHeader(head) == ParseError.None && head[0] == UsualStart;

    /// <inheritdoc/>
    public override bool TryRead(Span<byte> window, int start, out int end, out ParseError error)
    {
        ReadOnlySpan<byte> file = File.Span;
        end = start;
        error = _isBegun ? ParseError.None : Zlib.JudgeHeader(file);
        if (error != ParseError.None) return false;
        _isBegun = true;
        end = _stream.Read(file[Zlib.HeaderBytes..], window, start, out error);
        _checksum = Zlib.Adler32(_checksum, window[start..end]);
        if (error == ParseError.None && _stream.IsDone)
            error = ReadTrailer(file[(Zlib.HeaderBytes + _stream.UsedBytes)..]);
        return error == ParseError.None;
    }

    private ParseError ReadTrailer(ReadOnlySpan<byte> trailer)
    {
        if (trailer.Length < Zlib.ChecksumBytes) return ParseError.TooShort;
        if (BinaryPrimitives.ReadUInt32BigEndian(trailer) != _checksum) return ParseError.BadChecksum;
        if (trailer[Zlib.ChecksumBytes..].IndexOfAnyExcept((byte)0) >= 0) return ParseError.BadLength;
        IsDone = true;
        return ParseError.None;
    }
}
