using Bootlace.Net;

namespace Bootlace.Tests.Support;

/// <summary>A clock that goes on whenever somebody looks: what is timed by it is soon over.</summary>
public sealed class TickingClock(long microsecondsALook) : IClock
{
    /// <summary>How often somebody did.</summary>
    public int Looks { get; private set; }

    public Instant Now => new(microsecondsALook * ++Looks);

    public void Rest(Instant deadline)
    {
    }
}
