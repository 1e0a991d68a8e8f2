using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>time</c>: runs a command and tells how long it took.</summary>
public sealed class TimeCommand(IScriptClock clock, ITerminal terminal)
    : Command("time", "<command>...", 1, Unlimited, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        long beganAt = clock.NowMs;
        try
        {
            return await call.Interpreter.CallAsync(call.Arguments, stop);
        }
        finally
        {
            long ms = clock.NowMs - beganAt;
            terminal.Write($"{call.Joined(0)}: {ms / 1000}.{(ms % 1000 + 1000).ToString().Substring(1)} s\n");
        }
    }
}
