using System;

namespace Bootlace.Wire;

/// <summary>Whether a certificate's key may sign certificates (RFC 5280, section 4.2.1.9).</summary>
/// <param name="IsAuthority">It may.</param>
/// <param name="PathLength">How many further authorities may follow below it; -1: any number.</param>
public readonly record struct BasicConstraints(bool IsAuthority, int PathLength)
{
    /// <summary>Reads the extension's value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out BasicConstraints constraints, out ParseError error)
    {
        constraints = new BasicConstraints(false, -1);
        if (!DerReader.TryOpenSequence(value, out _, out DerReader inside, out error)) return false;
        bool isAuthority = false;
        int pathLength = -1;
        if (inside.IsNext(DerTag.Boolean))
        {
            if (!inside.TryRead(out DerElement flag, out error)) return false;
            error = flag.Content.Length == 1 ? ParseError.None : ParseError.BadLength;
            if (error != ParseError.None) return false;
            isAuthority = flag.Content[0] != 0;
        }
        if (inside.IsNext(DerTag.Integer))
        {
            if (!inside.TryRead(out DerElement number, out error)) return false;
            error = number.TryReadNumber(out pathLength) ? ParseError.None : ParseError.BadLength;
            if (error != ParseError.None) return false;
        }
        if (!inside.TryEnd(out error)) return false;
        constraints = new BasicConstraints(isAuthority, pathLength);
        return true;
    }
}
