using System;

namespace Bootlace.Wire;

/// <summary>Why a SCSI command failed (SPC-4 section 4.5).</summary>
/// <param name="Key">See <see cref="SenseKey"/>.</param>
/// <param name="Code">The additional sense code in the high byte, its qualifier in the low one; 0 if the disk says no
/// more.</param>
/// <param name="IsDeferred">It is about an earlier command.</param>
public readonly record struct SenseData(byte Key, ushort Code, bool IsDeferred)
{
    private const byte CodeMask = 0x7f, KeyMask = 0x0f;
    private const byte Fixed = 0x70, FixedDeferred = 0x71, Descriptors = 0x72, DescriptorsDeferred = 0x73;
    private const int FixedLengthOffset = 7, FixedCodeOffset = 12, FixedQualifierOffset = 13, FixedBytes = 18;
    private const int LengthBytes = 2;

    /// <summary>Reads sense data of either format. Of cut data what is there counts: without its third byte, or its
    /// second in the descriptor format, it is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SenseData sense, out ParseError error)
    {
        sense = default;
        error = ParseError.TooShort;
        if (bytes.Length == 0) return false;
        int format = bytes[0] & CodeMask;
        error = ParseError.BadKind;
        if (format is not (Fixed or FixedDeferred or Descriptors or DescriptorsDeferred)) return false;
        bool isFixed = format is Fixed or FixedDeferred;
        int keyOffset = isFixed ? 2 : 1;
        error = ParseError.TooShort;
        if (bytes.Length <= keyOffset) return false;
        error = ParseError.None;
        int codeOffset = isFixed ? FixedCodeOffset : 2;
        int count = isFixed && bytes.Length > FixedLengthOffset
            ? Math.Min(bytes.Length, FixedLengthOffset + 1 + bytes[FixedLengthOffset]) : bytes.Length;
        int code = count > codeOffset ? bytes[codeOffset] : 0;
        int qualifier = count > codeOffset + 1 ? bytes[codeOffset + 1] : 0;
        sense = new SenseData(
            (byte)(bytes[keyOffset] & KeyMask), (ushort)(code << 8 | qualifier),
            format is FixedDeferred or DescriptorsDeferred);
        return true;
    }

    /// <summary>Reads the data segment of a SCSI response or of an asynchronous SCSI event: two bytes of length, sense
    /// data, and what the response itself has for the initiator (RFC 7143 section 11.4.7). A length of 0 or past the
    /// segment is refused.</summary>
    public static bool TryReadSegment(ReadOnlySpan<byte> segment, out SenseData sense, out ParseError error)
    {
        sense = default;
        error = ParseError.TooShort;
        if (segment.Length < LengthBytes) return false;
        error = ParseError.BadLength;
        int countBytes = BigEndian.ReadU16(segment, 0);
        if (countBytes > segment.Length - LengthBytes) return false;
        return TryRead(segment.Slice(LengthBytes, countBytes), out sense, out error);
    }

    /// <summary>Writes it as such a data segment in the fixed format; returns its length.</summary>
    public int EmitSegment(Span<byte> target)
    {
        target[..(LengthBytes + FixedBytes)].Clear();
        BigEndian.WriteU16(target, 0, FixedBytes);
        Span<byte> sense = target.Slice(LengthBytes, FixedBytes);
        sense[0] = IsDeferred ? FixedDeferred : Fixed;
        sense[2] = Key;
        sense[FixedLengthOffset] = FixedBytes - FixedLengthOffset - 1;
        sense[FixedCodeOffset] = (byte)(Code >> 8);
        sense[FixedQualifierOffset] = (byte)Code;
        return LengthBytes + FixedBytes;
    }
}
