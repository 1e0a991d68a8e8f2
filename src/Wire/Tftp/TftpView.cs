using System;

namespace Bootlace.Wire;

/// <summary>A TFTP packet of any kind (RFC 1350 with options by RFC 2347). Members named after a kind may be asked of
/// that kind only.</summary>
public readonly ref struct TftpView
{
    /// <summary>Length of the header in front of a block's data.</summary>
    public const int DataHeaderBytes = 4;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly int _textBytes;   // of a request: the file name's length
    private readonly TftpOptions _options;

    private TftpView(ReadOnlySpan<byte> packet, int textBytes, TftpOptions options)
    {
        _packet = packet;
        _textBytes = textBytes;
        _options = options;
    }

    /// <summary>Reads a packet. An ERROR may lack its NUL or all of its text; bytes behind an ACK are
    /// ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TftpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < 2) return false;
        var opcode = new TftpOpcode(BigEndian.ReadU16(bytes, 0));
        TftpOptions options = default;
        int textBytes = 0;
        if (opcode == TftpOpcode.OptionAck)
        {
            if (!TftpOptions.TryRead(bytes[2..], out options, out error)) return false;
        }
        else if (opcode == TftpOpcode.ReadRequest || opcode == TftpOpcode.WriteRequest)
        {
            if (!TryReadRequest(bytes[2..], out textBytes, out options, out error)) return false;
        }
        else
        {
            error = ParseError.BadKind;
            if (opcode != TftpOpcode.Data && opcode != TftpOpcode.Ack && opcode != TftpOpcode.Error) return false;
            error = ParseError.TooShort;
            if (bytes.Length < DataHeaderBytes) return false;
            error = ParseError.None;
        }
        view = new TftpView(bytes, textBytes, options);
        return true;
    }

    private static bool TryReadRequest(
        ReadOnlySpan<byte> bytes, out int nameBytes, out TftpOptions options, out ParseError error)
    {
        options = default;
        nameBytes = 0;
        error = ParseError.BadText;
        if (!TftpOptions.TryTakeText(ref bytes, out ReadOnlySpan<byte> name)) return false;
        if (!TftpOptions.TryTakeText(ref bytes, out ReadOnlySpan<byte> mode)) return false;
        nameBytes = name.Length;
        if (!Ascii.EqualsIgnoreCase(mode, "octet")) return false;
        return TftpOptions.TryRead(bytes, out options, out error);
    }

    /// <summary>The kind.</summary>
    public TftpOpcode Opcode => new(BigEndian.ReadU16(_packet, 0));

    /// <summary>The block number of DATA or ACK; it wraps.</summary>
    public ushort Block => BigEndian.ReadU16(_packet, 2);

    /// <summary>The bytes of a block.</summary>
    public ReadOnlySpan<byte> Data => _packet[DataHeaderBytes..];

    /// <summary>The reason of an ERROR.</summary>
    public TftpErrorCode ErrorCode => new(BigEndian.ReadU16(_packet, 2));

    /// <summary>What an ERROR says in words, up to its NUL; perhaps nothing, perhaps unprintable.</summary>
    public ReadOnlySpan<byte> ErrorText
    {
        get
        {
            ReadOnlySpan<byte> text = _packet[DataHeaderBytes..];
            int end = text.IndexOf((byte)0);
            return end < 0 ? text : text[..end];
        }
    }

    /// <summary>The options of a request or of an OACK.</summary>
    public TftpOptions Options => _options;

    /// <summary>The file a request wants.</summary>
    public ReadOnlySpan<byte> FileName => _packet.Slice(2, _textBytes);
}
