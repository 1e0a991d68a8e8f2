using Bootlace.Net;

namespace Bootlace.Tests.Support;

/// <summary>A machine's clock that says what the test says; null: there is none.</summary>
public sealed class ManualWallClock(long? unixSeconds) : IWallClock
{
    public int Reads { get; private set; }

    public long? ReadUnixSeconds()
    {
        Reads++;
        return unixSeconds;
    }
}
