using System;

namespace Bootlace.Wire;

/// <summary>What a logical unit is: the beginning of the answer to INQUIRY (SPC-4 section 6.6.2).</summary>
/// <param name="Kind">The peripheral device type.</param>
/// <param name="IsConnected">There is such a device; else the target only knows the number.</param>
/// <param name="IsRemovable">Its medium can be taken out.</param>
public readonly record struct InquiryData(byte Kind, bool IsConnected, bool IsRemovable)
{
    /// <summary>A disk.</summary>
    public const byte Disk = 0x00;
    /// <summary>A CD or DVD drive.</summary>
    public const byte CdRom = 0x05;
    /// <summary>A disk that knows few commands.</summary>
    public const byte SimpleDisk = 0x0e;

    /// <summary>Length of an answer that each target gives.</summary>
    public const int Bytes = 36;

    private const int BytesMin = 2;
    private const byte KindMask = 0x1f, RemovableBit = 0x80;

    /// <summary>Reads an answer of two bytes and more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out InquiryData data, out ParseError error)
    {
        bool isWhole = bytes.Length >= BytesMin;
        error = isWhole ? ParseError.None : ParseError.TooShort;
        data = isWhole
            ? new InquiryData((byte)(bytes[0] & KindMask), bytes[0] >> 5 == 0, (bytes[1] & RemovableBit) != 0)
            : default;
        return isWhole;
    }

    /// <summary>Writes an answer of <see cref="Bytes"/>, without names.</summary>
    public int Emit(Span<byte> target)
    {
        target[..Bytes].Clear();
        target[0] = (byte)(Kind | (IsConnected ? 0 : 3 << 5));   // qualifier 011b: not capable of supporting one
        target[1] = IsRemovable ? RemovableBit : (byte)0;
        target[2] = 5;                // SPC-3
        target[3] = 2;                // the format of this answer
        target[4] = Bytes - 5;
        return Bytes;
    }
}
