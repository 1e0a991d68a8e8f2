using System;

namespace Bootlace.Wire;

/// <summary>An Ethernet II frame without its FCS, with at most two VLAN tags.</summary>
public readonly ref struct EthernetView
{
    /// <summary>Length of the header without tags.</summary>
    public const int HeaderBytes = 14;

    /// <summary>Tags read; a frame with more is refused.</summary>
    public const int TagsMax = 2;

    private const int SourceOffset = 6, TypeOffset = 12;

    private readonly ReadOnlySpan<byte> _frame;

    private EthernetView(ReadOnlySpan<byte> frame, int tagCount)
    {
        _frame = frame;
        TagCount = tagCount;
    }

    /// <summary>Reads a frame; padding behind a short payload stays in <see cref="Payload"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EthernetView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (frame.Length < HeaderBytes) return false;
        int tagCount = 0;
        while (new EtherType(BigEndian.ReadU16(frame, TypeOffset + tagCount * VlanTag.Bytes)).IsTag)
        {
            if (tagCount == TagsMax)
            {
                error = ParseError.TooMany;
                return false;
            }
            tagCount++;
            if (frame.Length - HeaderBytes < tagCount * VlanTag.Bytes) return false;
        }
        view = new EthernetView(frame, tagCount);
        error = ParseError.None;
        return true;
    }

    /// <summary>To whom.</summary>
    public MacAddress Target => MacAddress.Read(_frame);

    /// <summary>From whom.</summary>
    public MacAddress Source => MacAddress.Read(_frame[SourceOffset..]);

    /// <summary>VLAN tags, 0 to <see cref="TagsMax"/>.</summary>
    public int TagCount { get; }

    /// <summary>One of the tags, the outermost is 0.</summary>
    public VlanTag Tag(int index)
    {
        Check.That(index >= 0 && index < TagCount);
        return new VlanTag(BigEndian.ReadU16(_frame, HeaderBytes + index * VlanTag.Bytes));
    }

    /// <summary>What kind of tag that is: of a VLAN, or of a provider's.</summary>
    public EtherType TagType(int index)
    {
        Check.That(index >= 0 && index < TagCount);
        return new EtherType(BigEndian.ReadU16(_frame, TypeOffset + index * VlanTag.Bytes));
    }

    /// <summary>What the payload is, behind all tags.</summary>
    public EtherType Type => new(BigEndian.ReadU16(_frame, TypeOffset + TagCount * VlanTag.Bytes));

    /// <summary>Everything behind header and tags.</summary>
    public ReadOnlySpan<byte> Payload => _frame[(HeaderBytes + TagCount * VlanTag.Bytes)..];
}
