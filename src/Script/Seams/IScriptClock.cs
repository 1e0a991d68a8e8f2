using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>Waiting, for commands.</summary>
public interface IScriptClock
{
    /// <summary>Waits; 0 ms lets keys and network be looked at once.</summary>
    Task Delay(long ms, CancellationToken stop);

    /// <summary>Milliseconds since some start.</summary>
    long NowMs { get; }
}
