using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>One element: tag, length, content.</summary>
public readonly ref struct DerElement
{
    private readonly int _depth;
    private readonly bool _allowsIndefinite;

    internal DerElement(
        DerTag tag, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> content, int depth, bool allowsIndefinite)
    {
        Tag = tag;
        Bytes = bytes;
        Content = content;
        _depth = depth;
        _allowsIndefinite = allowsIndefinite;
    }

    /// <summary>What it is.</summary>
    public DerTag Tag { get; }

    /// <summary>All of it, with tag and length.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What is behind tag and length.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>The elements inside; false for a primitive one, and where elements lie in one another too deeply.
    /// </summary>
    public bool TryOpen(out DerReader inside, out ParseError error)
    {
        inside = default;
        error = !Tag.IsConstructed ? ParseError.BadKind : _depth >= DerReader.DepthMax ? ParseError.TooMany : default;
        if (error != ParseError.None) return false;
        inside = new DerReader(Content, _depth + 1, _allowsIndefinite);
        return true;
    }

    /// <summary>A number of 0 to 2^31 - 1.</summary>
    public bool TryReadNumber(out int value)
    {
        value = 0;
        if (Tag != DerTag.Integer || Content.Length is 0 or > sizeof(int) || Content[0] >= 0x80) return false;
        foreach (byte octet in Content) value = value << 8 | octet;
        return true;
    }

    /// <summary>The text of a name or of any other string type; false for other types, and for bytes that are no such
    /// text.</summary>
    public bool TryReadText(out string text)
    {
        text = "";
        if (Tag == DerTag.Utf8Text)
        {
            text = Encoding.UTF8.GetString(Content);
            return true;
        }
        bool isWide = Tag == DerTag.BmpText;
        bool isNarrow = Tag == DerTag.PrintableText || Tag == DerTag.AsciiText || Tag == DerTag.TeletexText;
        if (!isNarrow && !isWide || isWide && Content.Length % 2 != 0) return false;
        char[] characters = new char[isWide ? Content.Length / 2 : Content.Length];
        for (int i = 0; i < characters.Length; i++)
            characters[i] = (char)(isWide ? Content[2 * i] << 8 | Content[2 * i + 1] : Content[i]);
        text = new string(characters);
        return true;
    }
}
