using System;
using System.Runtime.CompilerServices;

namespace Bootlace.Wire;

/// <summary>The options of a TCP segment, read or to be written (RFC 9293 section 3.2, RFC 7323, RFC 2018). The default
/// value has none.</summary>
public struct TcpOptions
{
    /// <summary>Longest option area there is.</summary>
    public const int BytesMax = 40;

    /// <summary>SACK blocks that fit.</summary>
    public const int SackBlocksMax = 4;

    /// <summary>Largest window shift allowed (RFC 7323 section 2.3).</summary>
    public const byte WindowScaleMax = 14;

    private const byte End = 0, NoOperation = 1, MaxSegment = 2, Scale = 3, SackOk = 4, Sack = 5, Timestamp = 8;

    private SackBlocks _sackBlocks;

    /// <summary>The largest payload the sender takes, as it says; null: it does not say.</summary>
    public ushort? MaxSegmentBytes { get; set; }

    /// <summary>The shift of the sender's window, at most <see cref="WindowScaleMax"/>; null: the sender cannot
    /// scale.</summary>
    public byte? WindowScale { get; set; }

    /// <summary>The sender understands selective acknowledgements.</summary>
    public bool SackPermitted { get; set; }

    /// <summary>Timestamp values are there.</summary>
    public bool HasTimestamps { get; private set; }

    /// <summary>The sender's clock (TSval).</summary>
    public uint TimestampValue { get; private set; }

    /// <summary>The receiver's clock sent back (TSecr).</summary>
    public uint TimestampEcho { get; private set; }

    /// <summary>How many SACK blocks there are.</summary>
    public int SackBlockCount { get; private set; }

    /// <summary>One of the SACK blocks, as sent: possibly upside down or outside any window.</summary>
    public readonly SackBlock SackBlockAt(int index)
    {
        Check.That(index >= 0 && index < SackBlockCount);
        return _sackBlocks[index];
    }

    /// <summary>Adds a SACK block if there is room for one more.</summary>
    public void AddSackBlock(SackBlock block)
    {
        int room = HasTimestamps ? SackBlocksMax - 1 : SackBlocksMax;
        if (SackBlockCount < room) _sackBlocks[SackBlockCount++] = block;
    }

    /// <summary>Sets both timestamp values.</summary>
    public void SetTimestamps(uint value, uint echo) =>
        (HasTimestamps, TimestampValue, TimestampEcho) = (true, value, echo);

    /// <summary>Reads an option area. Unknown options are skipped; a length that cannot be is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TcpOptions options, out ParseError error)
    {
        options = default;
        error = ParseError.BadOption;
        while (bytes.Length > 0 && bytes[0] != End)
        {
            if (bytes[0] == NoOperation)
            {
                bytes = bytes[1..];
                continue;
            }
            if (bytes.Length < 2 || bytes[1] < 2 || bytes[1] > bytes.Length) return false;
            if (!options.TryTake(bytes[0], bytes[2..bytes[1]])) return false;
            bytes = bytes[bytes[1]..];
        }
        error = ParseError.None;
        return true;
    }

    private bool TryTake(byte kind, ReadOnlySpan<byte> value)
    {
        switch (kind)
        {
            case MaxSegment:
                if (value.Length != 2) return false;
                MaxSegmentBytes = BigEndian.ReadU16(value, 0);
                return true;
            case Scale:
                if (value.Length != 1) return false;
                WindowScale = Math.Min(value[0], WindowScaleMax);
                return true;
            case SackOk:
                SackPermitted = true;
                return value.Length == 0;
            case Timestamp:
                if (value.Length != 8) return false;
                SetTimestamps(BigEndian.ReadU32(value, 0), BigEndian.ReadU32(value, 4));
                return true;
            case Sack:
                if (value.Length % 8 != 0 || value.Length > 8 * SackBlocksMax) return false;
                for (SackBlockCount = 0; value.Length > 0; value = value[8..])
                {
                    var start = new SeqNumber(BigEndian.ReadU32(value, 0));
                    var end = new SeqNumber(BigEndian.ReadU32(value, 4));
                    _sackBlocks[SackBlockCount++] = new SackBlock(start, end);
                }
                return true;
            default:
                return true;
        }
    }

    /// <summary>Length of what <see cref="Emit"/> writes, a multiple of four.</summary>
    public readonly int Bytes =>
        (MaxSegmentBytes is null ? 0 : 4) + (WindowScale is null ? 0 : 4)
        + (HasTimestamps ? 12 : SackPermitted ? 4 : 0) + (SackBlockCount > 0 ? 4 + 8 * SackBlockCount : 0);

    /// <summary>Writes the options, each padded in front to four bytes; "SACK permitted" takes the padding of the
    /// timestamps where there are some. Returns the length.</summary>
    public readonly int Emit(Span<byte> target)
    {
        int at = 0;
        if (MaxSegmentBytes is ushort maxSegmentBytes)
        {
            (target[at], target[at + 1]) = (MaxSegment, 4);
            BigEndian.WriteU16(target, at + 2, maxSegmentBytes);
            at += 4;
        }
        if (SackPermitted)
        {
            if (!HasTimestamps) (target[at++], target[at++]) = (NoOperation, NoOperation);
            (target[at++], target[at++]) = (SackOk, 2);
        }
        if (HasTimestamps)
        {
            if (!SackPermitted) (target[at++], target[at++]) = (NoOperation, NoOperation);
            (target[at], target[at + 1]) = (Timestamp, 10);
            BigEndian.WriteU32(target, at + 2, TimestampValue);
            BigEndian.WriteU32(target, at + 6, TimestampEcho);
            at += 10;
        }
        if (WindowScale is byte windowScale)
        {
            (target[at++], target[at++], target[at++], target[at++]) = (NoOperation, Scale, 3, windowScale);
        }
        if (SackBlockCount > 0)
        {
            (target[at++], target[at++]) = (NoOperation, NoOperation);
            (target[at++], target[at++]) = (Sack, (byte)(2 + 8 * SackBlockCount));
            for (int i = 0; i < SackBlockCount; i++, at += 8)
            {
                BigEndian.WriteU32(target, at, _sackBlocks[i].Start.Value);
                BigEndian.WriteU32(target, at + 4, _sackBlocks[i].End.Value);
            }
        }
        return at;
    }

    [InlineArray(SackBlocksMax)]
    private struct SackBlocks
    {
        private SackBlock _first;
    }
}
