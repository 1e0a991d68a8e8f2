using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>A deflate stream with its checksum (RFC 1950).</summary>
public static class Zlib
{
    internal const int HeaderBytes = 2, ChecksumBytes = 4;

    private const int MethodMask = 0x0f, Deflate = 8, WindowShift = 4, WindowMax = 7;
    private const int DictionaryFlag = 0x20, HeaderModulus = 31;
    private const uint AdlerModulus = 65521;
    private const int AdlerBytesMax = 5552;   // so many bytes of 255 just do not overflow 32 bits

    /// <summary>Fills <paramref name="output"/> from the stream that <paramref name="bytes"/> are; false unless the
    /// stream is valid and gives exactly that many bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, Span<byte> output, out ParseError error)
    {
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes + ChecksumBytes) return false;
        error = JudgeHeader(bytes);
        if (error != ParseError.None) return false;

        ReadOnlySpan<byte> stream = bytes[HeaderBytes..^ChecksumBytes];
        if (!Inflate.TryRead(stream, output, out int usedBytes, out error)) return false;
        error = ParseError.BadLength;
        if (usedBytes != stream.Length) return false;
        error = ParseError.BadChecksum;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[^ChecksumBytes..]) != Adler32(output)) return false;
        error = ParseError.None;
        return true;
    }

    /// <summary>What is wrong with the first two bytes.</summary>
    internal static ParseError JudgeHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes) return ParseError.TooShort;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes) % HeaderModulus != 0) return ParseError.BadChecksum;
        bool isOurs = (bytes[0] & MethodMask) == Deflate && bytes[0] >> WindowShift <= WindowMax
            && (bytes[1] & DictionaryFlag) == 0;
        return isOurs ? ParseError.None : ParseError.BadKind;
    }

    /// <summary>The checksum of section 8.2.</summary>
    public static uint Adler32(ReadOnlySpan<byte> bytes) => Adler32(1, bytes);

    /// <summary>Adds bytes to the checksum of what came before them; 1: nothing did.</summary>
    internal static uint Adler32(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint low = checksum & 0xffff, high = checksum >> 16;
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, AdlerBytesMax)];
            foreach (byte value in part)
            {
                low += value;
                high += low;
            }
            low %= AdlerModulus;
            high %= AdlerModulus;
            bytes = bytes[part.Length..];
        }
        return high << 16 | low;
    }
}
