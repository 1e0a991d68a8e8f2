using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>A deflate stream with its checksum (RFC 1950).</summary>
public static class Zlib
{
    private const int HeaderBytes = 2, ChecksumBytes = 4;
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
        error = ParseError.BadChecksum;
        if (BinaryPrimitives.ReadUInt16BigEndian(bytes) % HeaderModulus != 0) return false;
        error = ParseError.BadKind;
        if ((bytes[0] & MethodMask) != Deflate || bytes[0] >> WindowShift > WindowMax) return false;
        if ((bytes[1] & DictionaryFlag) != 0) return false;

        ReadOnlySpan<byte> stream = bytes[HeaderBytes..^ChecksumBytes];
        if (!Inflate.TryRead(stream, output, out int usedBytes, out error)) return false;
        error = ParseError.BadLength;
        if (usedBytes != stream.Length) return false;
        error = ParseError.BadChecksum;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[^ChecksumBytes..]) != Adler32(output)) return false;
        error = ParseError.None;
        return true;
    }

    /// <summary>The checksum of section 8.2.</summary>
    public static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint low = 1, high = 0;
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
