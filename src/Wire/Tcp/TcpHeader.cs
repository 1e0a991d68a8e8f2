using System;

namespace Bootlace.Wire;

/// <summary>The header of a TCP segment we send.</summary>
public readonly struct TcpHeader
{
    /// <summary>Our port.</summary>
    public required ushort SourcePort { get; init; }

    /// <summary>The peer's port.</summary>
    public required ushort TargetPort { get; init; }

    /// <summary>The number of the first byte, or of the SYN.</summary>
    public SeqNumber Sequence { get; init; }

    /// <summary>The number we expect next; 0 without <see cref="TcpFlags.Ack"/>.</summary>
    public SeqNumber Acknowledgement { get; init; }

    /// <summary>The control bits.</summary>
    public TcpFlags Flags { get; init; }

    /// <summary>The window field, already shifted.</summary>
    public ushort Window { get; init; }

    /// <summary>The options.</summary>
    public TcpOptions Options { get; init; }

    /// <summary>Length of what <see cref="Emit"/> writes.</summary>
    public int Bytes => TcpView.HeaderBytesMin + Options.Bytes;

    /// <summary>Writes header and checksum in front of a payload that already stands at <see cref="Bytes"/> in
    /// <paramref name="segment"/>, which is exactly the segment; returns the header's length.</summary>
    public int Emit(Span<byte> segment, IpAddress source, IpAddress target)
    {
        int optionBytes = Options.Emit(segment[TcpView.HeaderBytesMin..]);
        int headerBytes = TcpView.HeaderBytesMin + optionBytes;
        Check.That(optionBytes <= TcpOptions.BytesMax && optionBytes % 4 == 0);
        BigEndian.WriteU16(segment, 0, SourcePort);
        BigEndian.WriteU16(segment, TcpView.TargetPortOffset, TargetPort);
        BigEndian.WriteU32(segment, TcpView.SequenceOffset, Sequence.Value);
        BigEndian.WriteU32(segment, TcpView.AcknowledgementOffset, Acknowledgement.Value);
        segment[TcpView.DataOffsetOffset] = (byte)(headerBytes / 4 << 4);
        segment[TcpView.FlagsOffset] = (byte)Flags;
        BigEndian.WriteU16(segment, TcpView.WindowOffset, Window);
        BigEndian.WriteU16(segment, TcpView.ChecksumOffset, 0);
        BigEndian.WriteU16(segment, TcpView.UrgentOffset, 0);
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(source, target, IpProtocol.Tcp, segment.Length);
        checksum.Add(segment);
        BigEndian.WriteU16(segment, TcpView.ChecksumOffset, checksum.Value);
        return headerBytes;
    }
}
