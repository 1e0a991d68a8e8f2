using System;
using Bootlace.Net;

namespace Bootlace.Tests.Support;

/// <summary>A clock that moves only when told to, or when the Pump rests: then it jumps to the deadline.</summary>
public sealed class ManualClock : IClock
{
    public Instant Now { get; private set; } = new(1_000_000);

    public void Advance(Duration length) => Now += length;

    public void Rest(Instant deadline)
    {
        if (deadline == Instant.Never)
            throw new InvalidOperationException("the pump rests for ever: nothing is left that could happen");
        if (deadline > Now) Now = deadline;
    }
}
