using System;

namespace Bootlace.Wire;

/// <summary>A moment as certificates and the firmware write it: Gregorian, UTC.</summary>
/// <param name="Year">As it is written.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to 31.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 60.</param>
public readonly record struct CalendarDate(int Year, int Month, int Day, int Hour, int Minute, int Second)
{
    private const int SecondsADay = 86400, DaysAn400Years = 146097;
    private const int DaysTo1970 = 719468;   // from 1 March of the year 0: leap days come last in such years

    /// <summary>The date of a number of seconds since 1970.</summary>
    public static CalendarDate OfUnixTime(long seconds)
    {
        long days = Math.DivRem(seconds, SecondsADay, out long rest);
        if (rest < 0)
        {
            rest += SecondsADay;
            days--;
        }

        long sinceMarch = days + DaysTo1970;
        long era = (sinceMarch >= 0 ? sinceMarch : sinceMarch - (DaysAn400Years - 1)) / DaysAn400Years;
        int day = (int)(sinceMarch - era * DaysAn400Years);
        int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
        int dayOfYear = day - (365 * year + year / 4 - year / 100);
        int march = (5 * dayOfYear + 2) / 153;   // months since March
        int month = march < 10 ? march + 3 : march - 9;
        return new CalendarDate(
            (int)(year + era * 400) + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1,
            (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
    }

    /// <summary>Seconds since 1970.</summary>
    public long ToUnixTime()
    {
        int year = Month <= 2 ? Year - 1 : Year;
        int era = (year >= 0 ? year : year - 399) / 400;
        int yearOfEra = year - era * 400;
        int dayOfYear = (153 * (Month > 2 ? Month - 3 : Month + 9) + 2) / 5 + Day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        long days = (long)era * DaysAn400Years + dayOfEra - DaysTo1970;
        return days * SecondsADay + Hour * 3600 + Minute * 60 + Second;
    }

    /// <summary>As people read it: 2026-11-21 15:04:05 UTC.</summary>
    public override string ToString() =>
        $"{Year:d4}-{Month:d2}-{Day:d2} {Hour:d2}:{Minute:d2}:{Second:d2} UTC";

    /// <summary>Reads six numbers in the order above.</summary>
    public static CalendarDate Read(ReadOnlySpan<int> fields) =>
        new(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);

    /// <summary>Writes six numbers.</summary>
    public void WriteTo(Span<int> fields) =>
        (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]) = (Year, Month, Day, Hour, Minute, Second);
}
