using System;

namespace Bootlace.Net;

/// <summary>Allows so many events a second, and as many at once after a quiet second.</summary>
internal struct RateLimit(int perSecond)
{
    private readonly long _intervalUs = 1_000_000 / perSecond;
    private long _earliestUs;   // when the allowance used so far will have grown back

    public bool TryTake(Instant now)
    {
        long nowUs = now.Microseconds;
        long usedUs = Math.Max(_earliestUs, nowUs);
        if (usedUs - nowUs > 1_000_000 - _intervalUs) return false;
        _earliestUs = usedUs + _intervalUs;
        return true;
    }
}
