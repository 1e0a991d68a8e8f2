using System;

namespace Bootlace.Wire;

/// <summary>Reads elements of ASN.1's distinguished encoding (X.690, section 10) one after the other. A length is
/// checked before its content is touched; the depth of elements inside elements is bounded.</summary>
public ref struct DerReader
{
    /// <summary>How deeply elements may lie in one another. Certificates and signatures have about ten levels.
    /// </summary>
    public const int DepthMax = 24;

    // Each level of indefinite length is searched for its end: this bounds the time that takes.
    private const int IndefiniteLevelsMax = 8;
    private const byte LongLength = 0x80;
    private const int LengthOctetsMax = 4, EndOfContentsBytes = 2;

    private readonly int _depth;
    private readonly bool _allowsIndefinite;
    private ReadOnlySpan<byte> _rest;

    /// <summary>Reads <paramref name="bytes"/>. With <paramref name="allowsIndefinite"/> constructed elements may have
    /// the indefinite length of the basic encoding (X.690, section 8.1.3.6), which <c>openssl cms -stream</c> writes.
    /// </summary>
    public DerReader(ReadOnlySpan<byte> bytes, bool allowsIndefinite = false) : this(bytes, 0, allowsIndefinite)
    {
    }

    internal DerReader(ReadOnlySpan<byte> bytes, int depth, bool allowsIndefinite)
    {
        _rest = bytes;
        _depth = depth;
        _allowsIndefinite = allowsIndefinite;
    }

    /// <summary>Opens what is one sequence and nothing else, as the values of most extensions are.</summary>
    internal static bool TryOpenSequence(
        ReadOnlySpan<byte> bytes, out DerElement whole, out DerReader inside, out ParseError error)
    {
        inside = default;
        var reader = new DerReader(bytes);
        return reader.TryRead(DerTag.Sequence, out whole, out error) && reader.TryEnd(out error)
            && whole.TryOpen(out inside, out error);
    }

    /// <summary>Nothing follows.</summary>
    public readonly bool IsAtEnd => _rest.Length == 0;

    /// <summary>Whether an element of that tag is next.</summary>
    public readonly bool IsNext(DerTag tag) => _rest.Length > 0 && _rest[0] == tag.Value;

    /// <summary>Reads the next element, whatever it is.</summary>
    public bool TryRead(out DerElement element, out ParseError error)
    {
        element = default;
        if (!TryMeasure(_rest, out int headBytes, out int contentBytes, out bool isIndefinite, out error)) return false;
        var tag = new DerTag(_rest[0]);
        if (isIndefinite && !TryFindEnd(_rest[headBytes..], 1, out contentBytes, out error)) return false;
        int wholeBytes = headBytes + contentBytes + (isIndefinite ? EndOfContentsBytes : 0);
        element = new DerElement(
            tag, _rest[..wholeBytes], _rest.Slice(headBytes, contentBytes), _depth, _allowsIndefinite);
        _rest = _rest[wholeBytes..];
        return true;
    }

    /// <summary>Reads the next element, which must be of that tag.</summary>
    public bool TryRead(DerTag tag, out DerElement element, out ParseError error)
    {
        if (_rest.Length == 0 || IsNext(tag)) return TryRead(out element, out error);
        element = default;
        error = ParseError.BadKind;
        return false;
    }

    /// <summary>Reads the next element, which must be of that tag, and opens it.</summary>
    public bool TryEnter(DerTag tag, out DerReader inside, out ParseError error)
    {
        inside = default;
        return TryRead(tag, out DerElement element, out error) && element.TryOpen(out inside, out error);
    }

    /// <summary>Reads past an element of that tag if it is next.</summary>
    public bool TrySkip(DerTag tag, out ParseError error)
    {
        error = ParseError.None;
        return !IsNext(tag) || TryRead(out _, out error);
    }

    /// <summary>Refuses what follows: a structure we know ends here.</summary>
    public readonly bool TryEnd(out ParseError error)
    {
        error = IsAtEnd ? ParseError.None : ParseError.BadLength;
        return IsAtEnd;
    }

    /// <summary>Tag and length of the first element. Its content lies within <paramref name="bytes"/>, unless it is
    /// indefinite.</summary>
    private readonly bool TryMeasure(
        ReadOnlySpan<byte> bytes, out int headBytes, out int contentBytes, out bool isIndefinite, out ParseError error)
    {
        headBytes = contentBytes = 0;
        isIndefinite = false;
        error = bytes.Length < 2 ? ParseError.TooShort : new DerTag(bytes[0]).IsLong ? ParseError.BadKind : default;
        if (error != ParseError.None) return false;
        headBytes = 2;
        uint length = bytes[1];
        if (length == LongLength)
        {
            isIndefinite = _allowsIndefinite && new DerTag(bytes[0]).IsConstructed;
            error = isIndefinite ? ParseError.None : ParseError.BadLength;
            return isIndefinite;
        }
        if (length > LongLength && !TryReadLength(bytes, ref headBytes, out length, out error)) return false;
        if (length > (uint)(bytes.Length - headBytes))
        {
            error = ParseError.BadLength;
            return false;
        }
        contentBytes = (int)length;
        return true;
    }

    /// <summary>A length of several octets: the shortest form only, as the distinguished encoding demands.</summary>
    private static bool TryReadLength(
        ReadOnlySpan<byte> bytes, ref int headBytes, out uint length, out ParseError error)
    {
        length = 0;
        int octets = bytes[1] - LongLength;
        error = octets > LengthOctetsMax ? ParseError.BadLength
            : octets > bytes.Length - headBytes ? ParseError.TooShort : ParseError.None;
        if (error != ParseError.None) return false;
        foreach (byte octet in bytes.Slice(headBytes, octets)) length = length << 8 | octet;
        headBytes += octets;
        bool isShortest = length >= LongLength && (octets == 1 || length >> 8 * (octets - 1) != 0);
        error = isShortest ? ParseError.None : ParseError.BadLength;
        return isShortest;
    }

    /// <summary>Finds the two zero octets that end an element of indefinite length.</summary>
    private readonly bool TryFindEnd(ReadOnlySpan<byte> bytes, int levels, out int contentBytes, out ParseError error)
    {
        contentBytes = 0;
        error = levels > IndefiniteLevelsMax ? ParseError.TooMany : ParseError.None;
        if (error != ParseError.None) return false;
        while (true)
        {
            ReadOnlySpan<byte> rest = bytes[contentBytes..];
            if (!TryMeasure(rest, out int headBytes, out int innerBytes, out bool isIndefinite, out error))
                return false;
            if (new DerTag(rest[0]).IsEndOfContents)
            {
                error = rest[1] == 0 ? ParseError.None : ParseError.BadLength;
                return error == ParseError.None;
            }
            if (isIndefinite)
            {
                if (!TryFindEnd(rest[headBytes..], levels + 1, out innerBytes, out error)) return false;
                innerBytes += EndOfContentsBytes;
            }
            contentBytes += headBytes + innerBytes;
        }
    }
}
