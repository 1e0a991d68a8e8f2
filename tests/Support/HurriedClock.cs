using Bootlace.Net;

namespace Bootlace.Tests.Support;

/// <summary>A clock that goes on by a millisecond whenever it is read: what is timed by it is over at once.</summary>
public sealed class HurriedClock : IClock
{
    private long _microseconds = 1_000_000;

    public Instant Now => new(_microseconds += 1000);

    public void Rest(Instant deadline)
    {
    }
}
