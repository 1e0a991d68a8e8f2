using System;

namespace Bootlace.Wire;

/// <summary>The header of the answer to MODE SENSE(6) of a disk (SPC-4 section 7.5.5, SBC-3 section 6.4.1).</summary>
/// <param name="IsWriteProtected">The disk may not be written to.</param>
public readonly record struct ModeParameters(bool IsWriteProtected)
{
    /// <summary>Length of the header.</summary>
    public const int Bytes = 4;

    private const int DeviceOffset = 2;
    private const byte WriteProtectBit = 0x80;

    /// <summary>Reads an answer that has the byte concerned.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ModeParameters parameters, out ParseError error)
    {
        bool isWhole = bytes.Length > DeviceOffset;
        error = isWhole ? ParseError.None : ParseError.TooShort;
        parameters = new ModeParameters(isWhole && (bytes[DeviceOffset] & WriteProtectBit) != 0);
        return isWhole;
    }

    /// <summary>Writes the header, without any page behind it.</summary>
    public int Emit(Span<byte> target)
    {
        target[..Bytes].Clear();
        target[0] = Bytes - 1;
        target[DeviceOffset] = IsWriteProtected ? WriteProtectBit : (byte)0;
        return Bytes;
    }
}
