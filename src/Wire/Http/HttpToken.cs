namespace Bootlace.Wire;

/// <summary>What may stand in a request as a name or a value (RFC 9110, sections 5.5 and 5.6.2).</summary>
public static class HttpToken
{
    /// <summary>A name of a field or a method: visible ASCII without delimiters, at least one character.</summary>
    public static bool IsToken(string text)
    {
        foreach (char c in text)
        {
            bool isPlain = c is >= '0' and <= '9' or >= 'A' and <= 'Z' or >= 'a' and <= 'z';
            if (!isPlain && "!#$%&'*+-.^_`|~".IndexOf(c) < 0) return false;
        }
        return text.Length > 0;
    }

    /// <summary>A value of a field: no control characters, and so no second line.</summary>
    public static bool IsValue(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' and not '\t' or '\x7f') return false;
        }
        return true;
    }
}
