using System;

namespace Bootlace.Wire;

/// <summary>The basic header segment of an iSCSI PDU of any kind (RFC 7143 section 11.2.1): what is needed to take the
/// PDU off the connection and to find the command it belongs to. The kinds have types of their own with all
/// fields: <see cref="ScsiCommandPdu"/>, <see cref="DataInPdu"/> and so on.</summary>
public readonly ref struct PduHeader
{
    /// <summary>Length of the header of each PDU.</summary>
    public const int Bytes = 48;

    /// <summary>The largest data segment its length field can say.</summary>
    public const int DataBytesMax = 0xff_ffff;

    /// <summary>Length of a header or data digest.</summary>
    public const int DigestBytes = 4;

    /// <summary>The tag that stands for none.</summary>
    public const uint NoTag = 0xffff_ffff;

    internal const int FlagsOffset = 1, AhsOffset = 4, DataBytesOffset = 4, LunOffset = 8;
    internal const int InitiatorTagOffset = 16, TargetTagOffset = 20, CountOffset = 36, PlaceOffset = 40;
    internal const int LastOffset = 44;
    internal const byte Final = 0x80, Immediate = 0x40;

    private const byte OpcodeMask = 0x3f;

    private readonly ReadOnlySpan<byte> _bytes;

    private PduHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads the first 48 bytes. Any kind is accepted, and any length of data: how much of it is accepted
    /// was settled at login.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out PduHeader header, out ParseError error)
    {
        bool isWhole = bytes.Length >= Bytes;
        error = isWhole ? ParseError.None : ParseError.TooShort;
        header = isWhole ? new PduHeader(bytes[..Bytes]) : default;
        return isWhole;
    }

    /// <summary>The kind: see <see cref="IscsiOpcode"/>.</summary>
    public byte Opcode => (byte)(_bytes[0] & OpcodeMask);

    /// <summary>For immediate delivery, out of the order of commands; only in requests.</summary>
    public bool IsImmediate => (_bytes[0] & Immediate) != 0;

    /// <summary>The bits of the second byte, which mean other things in each kind.</summary>
    public byte Flags => _bytes[FlagsOffset];

    /// <summary>Length of the additional header segments that follow the header.</summary>
    public int AhsBytes => 4 * _bytes[AhsOffset];

    /// <summary>Length of the data segment without its padding.</summary>
    public int DataBytes => (int)(BigEndian.ReadU32(_bytes, DataBytesOffset) & DataBytesMax);

    /// <summary>Length of the data segment with its padding to four bytes.</summary>
    public int DataBytesPadded => Padded(DataBytes);

    /// <summary>The tag the initiator gave the command; <see cref="NoTag"/> in what the target says of its
    /// own.</summary>
    public uint InitiatorTag => BigEndian.ReadU32(_bytes, InitiatorTagOffset);

    /// <summary>The tag the target gave; not in every kind.</summary>
    public uint TargetTag => BigEndian.ReadU32(_bytes, TargetTagOffset);

    /// <summary>The three numbers of a PDU from the target.</summary>
    public TargetSequence TargetSequence => TargetSequence.Read(_bytes);

    /// <summary>The 48 bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>A length rounded up to a multiple of four, as all segments are.</summary>
    public static int Padded(int countBytes) => countBytes + 3 & ~3;

    /// <summary>Whether there is a whole header of that kind.</summary>
    internal static bool Is(byte opcode, ReadOnlySpan<byte> bytes, out ParseError error)
    {
        error = ParseError.TooShort;
        if (bytes.Length < Bytes) return false;
        error = ParseError.BadKind;
        if ((bytes[0] & OpcodeMask) != opcode) return false;
        error = ParseError.None;
        return true;
    }

    /// <summary>The length of the data segment; the header is whole.</summary>
    internal static int ReadDataBytes(ReadOnlySpan<byte> bytes) =>
        (int)(BigEndian.ReadU32(bytes, DataBytesOffset) & DataBytesMax);

    /// <summary>Starts a header: all zeros but for these; the rest is for the kind to fill in.</summary>
    internal static void Start(
        Span<byte> target, byte opcode, bool isImmediate, byte flags, int dataBytes, uint initiatorTag)
    {
        Check.That(dataBytes is >= 0 and <= DataBytesMax);
        target[..Bytes].Clear();
        target[0] = isImmediate ? (byte)(opcode | Immediate) : opcode;
        target[FlagsOffset] = flags;
        BigEndian.WriteU32(target, DataBytesOffset, (uint)dataBytes);
        BigEndian.WriteU32(target, InitiatorTagOffset, initiatorTag);
    }
}
