using System;

namespace Bootlace.Boot;

/// <summary>The last of what the screen has shown: <c>${dmesg}</c>.</summary>
public sealed class ScreenMemory
{
    /// <summary>How much is kept.</summary>
    public const int CharactersMax = 8192;

    private readonly char[] _ring = new char[CharactersMax];
    private long _written;

    /// <summary>Takes text as it is shown; its carriage returns count for nothing.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter != '\r') _ring[(int)(_written++ % CharactersMax)] = letter;
        }
    }

    /// <summary>All that is kept, oldest first.</summary>
    public override string ToString()
    {
        if (_written <= CharactersMax) return new string(_ring, 0, (int)_written);
        int oldest = (int)(_written % CharactersMax);
        return new string(_ring, oldest, CharactersMax - oldest) + new string(_ring, 0, oldest);
    }
}
