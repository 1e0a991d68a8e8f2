using System;

namespace Bootlace.Wire;

/// <summary>A certificate's dates (RFC 5280, section 4.1.2.5): whole seconds, UTC, nothing else.</summary>
public static class X509Time
{
    private const int FirstYearOfTwoDigits = 50;

    /// <summary>Reads a date as seconds since 1970.</summary>
    public static bool TryRead(scoped ref DerReader reader, out long unixTime, out ParseError error)
    {
        unixTime = 0;
        if (!reader.TryRead(out DerElement element, out error)) return false;
        bool isLong = element.Tag == DerTag.GeneralizedTime;
        error = isLong || element.Tag == DerTag.UtcTime ? ParseError.BadText : ParseError.BadKind;
        ReadOnlySpan<byte> text = element.Content;
        if (error == ParseError.BadKind || text.Length != (isLong ? 15 : 13) || text[^1] != 'Z') return false;
        int year;
        if (isLong)
        {
            if (!TryReadPair(text, 0, out int century) || !TryReadPair(text, 2, out int rest)) return false;
            year = century * 100 + rest;
            text = text[4..];
        }
        else
        {
            if (!TryReadPair(text, 0, out int rest)) return false;
            year = rest + (rest < FirstYearOfTwoDigits ? 2000 : 1900);
            text = text[2..];
        }
        if (!TryReadPair(text, 0, out int month) || !TryReadPair(text, 2, out int day)
            || !TryReadPair(text, 4, out int hour) || !TryReadPair(text, 6, out int minute)
            || !TryReadPair(text, 8, out int second))
            return false;
        bool isDate = month is >= 1 and <= 12 && day is >= 1 and <= 31 && hour < 24 && minute < 60 && second < 60;
        if (!isDate) return false;
        unixTime = new CalendarDate(year, month, day, hour, minute, second).ToUnixTime();
        error = ParseError.None;
        return true;
    }

    private static bool TryReadPair(ReadOnlySpan<byte> text, int offset, out int value)
    {
        int tens = text[offset] - '0', ones = text[offset + 1] - '0';
        value = tens * 10 + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }
}
