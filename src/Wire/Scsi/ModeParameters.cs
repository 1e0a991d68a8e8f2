using System;

namespace Bootlace.Wire;

/// <summary>The header of the answer to MODE SENSE of a disk (SPC-4 section 7.5.5, SBC-3 section 6.4.1).</summary>
/// <param name="IsWriteProtected">The disk may not be written to.</param>
public readonly record struct ModeParameters(bool IsWriteProtected)
{
    /// <summary>Length of the header in the answer to MODE SENSE(6).</summary>
    public const int Bytes6 = 4;

    /// <summary>Length of the header in the answer to MODE SENSE(10).</summary>
    public const int Bytes10 = 8;

    private const int DeviceOffset6 = 2, DeviceOffset10 = 3;
    private const byte WriteProtectBit = 0x80;

    /// <summary>Reads an answer to MODE SENSE(6) that has the byte concerned.</summary>
    public static bool TryRead6(ReadOnlySpan<byte> bytes, out ModeParameters parameters, out ParseError error) =>
        TryRead(bytes, DeviceOffset6, out parameters, out error);

    /// <summary>Reads an answer to MODE SENSE(10) that has the byte concerned.</summary>
    public static bool TryRead10(ReadOnlySpan<byte> bytes, out ModeParameters parameters, out ParseError error) =>
        TryRead(bytes, DeviceOffset10, out parameters, out error);

    /// <summary>Writes the header for MODE SENSE(6), without any page behind it; returns its length.</summary>
    public int Emit6(Span<byte> target)
    {
        target[..Bytes6].Clear();
        target[0] = Bytes6 - 1;
        target[DeviceOffset6] = IsWriteProtected ? WriteProtectBit : (byte)0;
        return Bytes6;
    }

    /// <summary>Writes the header for MODE SENSE(10), without any page behind it; returns its length.</summary>
    public int Emit10(Span<byte> target)
    {
        target[..Bytes10].Clear();
        target[1] = Bytes10 - 2;
        target[DeviceOffset10] = IsWriteProtected ? WriteProtectBit : (byte)0;
        return Bytes10;
    }

    private static bool TryRead(
        ReadOnlySpan<byte> bytes, int deviceOffset, out ModeParameters parameters, out ParseError error)
    {
        bool isWhole = bytes.Length > deviceOffset;
        error = isWhole ? ParseError.None : ParseError.TooShort;
        parameters = new ModeParameters(isWhole && (bytes[deviceOffset] & WriteProtectBit) != 0);
        return isWhole;
    }
}
