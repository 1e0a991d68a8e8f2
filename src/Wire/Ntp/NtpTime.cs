using System;

namespace Bootlace.Wire;

/// <summary>A moment as NTP has it (RFC 5905, section 6): seconds since 1900 modulo 2^32, then their fraction. 0 means
/// unknown.</summary>
/// <param name="Value">Seconds in the high half, 2^-32 seconds in the low one.</param>
public readonly record struct NtpTime(ulong Value)
{
    private const long SecondsTo1970 = 2_208_988_800;   // 70 years, 17 of them leap years
    private const long EraSeconds = 1L << 32;
    private const int FractionBits = 32;

    /// <summary>Nobody knows.</summary>
    public bool IsUnknown => Value == 0;

    /// <summary>Seconds since 1970, in the first era in which they are not before <paramref name="earliest"/>: the
    /// seconds begin anew in 2036.</summary>
    public long ToUnixTime(long earliest)
    {
        long seconds = (long)(Value >> FractionBits) - SecondsTo1970;
        while (seconds < earliest) seconds += EraSeconds;
        return seconds;
    }

    /// <summary>The moment of a number of seconds since 1970.</summary>
    public static NtpTime FromUnixTime(long seconds) => new((ulong)(seconds + SecondsTo1970) << FractionBits);
}
