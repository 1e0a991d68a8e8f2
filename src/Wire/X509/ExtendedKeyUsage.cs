using System;

namespace Bootlace.Wire;

/// <summary>The purposes a certificate is for (RFC 5280, section 4.2.1.12).</summary>
public readonly ref struct ExtendedKeyUsage
{
    private const int PurposesMax = 64;

    private readonly ReadOnlySpan<byte> _purposes;

    private ExtendedKeyUsage(ReadOnlySpan<byte> purposes) => _purposes = purposes;

    /// <summary>Reads the extension's value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out ExtendedKeyUsage usage, out ParseError error)
    {
        usage = default;
        if (!DerReader.TryOpenSequence(value, out DerElement list, out DerReader inside, out error)) return false;
        int count = 0;
        while (!inside.IsAtEnd)
        {
            error = ++count <= PurposesMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !inside.TryRead(DerTag.ObjectId, out _, out error)) return false;
        }
        usage = new ExtendedKeyUsage(list.Content);
        return true;
    }

    /// <summary>Whether a purpose is among them.</summary>
    public bool Has(ReadOnlySpan<byte> purpose)
    {
        var reader = new DerReader(_purposes);
        while (reader.TryRead(out DerElement id, out _))
        {
            if (id.Content.SequenceEqual(purpose)) return true;
        }
        return false;
    }
}
