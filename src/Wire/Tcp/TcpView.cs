using System;

namespace Bootlace.Wire;

/// <summary>A TCP segment (RFC 9293 section 3.1).</summary>
public readonly ref struct TcpView
{
    /// <summary>Length of the header without options.</summary>
    public const int HeaderBytesMin = 20;

    internal const int TargetPortOffset = 2, SequenceOffset = 4, AcknowledgementOffset = 8, DataOffsetOffset = 12;
    internal const int FlagsOffset = 13, WindowOffset = 14, ChecksumOffset = 16, UrgentOffset = 18;

    private readonly ReadOnlySpan<byte> _segment;

    private TcpView(ReadOnlySpan<byte> segment) => _segment = segment;

    /// <summary>Reads a segment, verifies its checksum against the addresses of its packet and reads its
    /// options.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, IpAddress source, IpAddress target,
        out TcpView view, out TcpOptions options, out ParseError error)
    {
        view = default;
        options = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytesMin) return false;
        error = ParseError.BadLength;
        int headerBytes = (bytes[DataOffsetOffset] >> 4) * 4;
        if (headerBytes < HeaderBytesMin || headerBytes > bytes.Length) return false;
        error = ParseError.BadChecksum;
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(source, target, IpProtocol.Tcp, bytes.Length);
        checksum.Add(bytes);
        if (checksum.Value != 0) return false;
        if (!TcpOptions.TryRead(bytes[HeaderBytesMin..headerBytes], out options, out error)) return false;
        view = new TcpView(bytes);
        return true;
    }

    private int HeaderBytes => (_segment[DataOffsetOffset] >> 4) * 4;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BigEndian.ReadU16(_segment, 0);

    /// <summary>The receiver's port.</summary>
    public ushort TargetPort => BigEndian.ReadU16(_segment, TargetPortOffset);

    /// <summary>The number of the first byte, or of the SYN.</summary>
    public SeqNumber Sequence => new(BigEndian.ReadU32(_segment, SequenceOffset));

    /// <summary>The number the sender expects next; only with <see cref="TcpFlags.Ack"/>.</summary>
    public SeqNumber Acknowledgement => new(BigEndian.ReadU32(_segment, AcknowledgementOffset));

    /// <summary>The control bits, in whatever combination was sent.</summary>
    public TcpFlags Flags => (TcpFlags)_segment[FlagsOffset];

    /// <summary>The window field, not yet shifted.</summary>
    public ushort Window => BigEndian.ReadU16(_segment, WindowOffset);

    /// <summary>The data. Urgent data is part of it like any other (RFC 6093 section 6): nobody reads the
    /// pointer.</summary>
    public ReadOnlySpan<byte> Payload => _segment[HeaderBytes..];

    /// <summary>Length in sequence numbers: data plus one each for SYN and FIN.</summary>
    public int SequenceLength =>
        _segment.Length - HeaderBytes + ((Flags & TcpFlags.Syn) != 0 ? 1 : 0) + ((Flags & TcpFlags.Fin) != 0 ? 1 : 0);
}
