using System;

namespace Bootlace.Wire;

/// <summary>Names of several kinds (RFC 5280, section 4.2.1.6); the kind is the number of an element's tag.</summary>
public ref struct GeneralNames
{
    /// <summary>More names than any certificate needs.</summary>
    public const int NamesMax = 1024;

    /// <summary>The kinds of name we can compare.</summary>
    public const int Email = 1, Dns = 2, Directory = 4, Uri = 6, Address = 7;

    // otherName, x400Address and ediPartyName: elements are inside, as in a directoryName
    private const int Other = 0, Mail = 3, Party = 5;
    private const int Registered = 8;

    private const byte NumberMask = 0x1f;

    private DerReader _rest;

    private GeneralNames(ReadOnlySpan<byte> verified) => _rest = new DerReader(verified);

    /// <summary>The name reached.</summary>
    public DerElement Current { readonly get; private set; }

    /// <summary>Its kind.</summary>
    public readonly int CurrentKind => Current.Tag.Value & NumberMask;

    /// <summary>Reads SubjectAltName's value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out GeneralNames names, out ParseError error)
    {
        names = default;
        if (!DerReader.TryOpenSequence(value, out DerElement list, out DerReader inside, out error)) return false;
        int count = 0;
        while (!inside.IsAtEnd)
        {
            if (!inside.TryRead(out DerElement name, out error)) return false;
            error = ++count > NamesMax ? ParseError.TooMany : IsName(name) ? ParseError.None : ParseError.BadKind;
            if (error != ParseError.None) return false;
        }
        names = new GeneralNames(list.Content);
        return true;
    }

    /// <summary>Goes to the next one.</summary>
    public bool MoveNext()
    {
        if (!_rest.TryRead(out DerElement next, out _)) return false;
        Current = next;
        return true;
    }

    /// <summary>Tagged as names are: what is text stands there in one piece.</summary>
    internal static bool IsName(DerElement name)
    {
        int kind = name.Tag.Value & NumberMask;
        return kind switch
        {
            Email or Dns or Uri or Address or Registered => name.Tag == DerTag.Context(kind),
            Other or Mail or Directory or Party => name.Tag == DerTag.ContextConstructed(kind),
            _ => false,
        };
    }

    /// <summary>The distinguished name inside a name of that kind; empty: damaged.</summary>
    public static ReadOnlySpan<byte> DirectoryNameOf(DerElement name)
    {
        bool isRead = name.TryOpen(out DerReader inside, out _)
            & inside.TryRead(DerTag.Sequence, out DerElement found, out _);
        return isRead && inside.IsAtEnd ? found.Bytes : default;
    }
}
