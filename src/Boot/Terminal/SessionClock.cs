using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>Waiting on the Pump, for commands.</summary>
public sealed class SessionClock(Pump pump) : IScriptClock
{
    /// <inheritdoc/>
    public Task Delay(long ms, CancellationToken stop) => pump.Delay(Duration.FromMilliseconds(ms), stop);

    /// <inheritdoc/>
    public long NowMs => pump.CurrentTime.Microseconds / 1000;
}
