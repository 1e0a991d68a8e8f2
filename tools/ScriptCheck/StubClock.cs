using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.ScriptCheck;

/// <summary>Time that passes when it is waited for.</summary>
internal sealed class StubClock(TracePrinter printer)
{
    public long NowMs { get; private set; }

    public Task Delay(long ms, CancellationToken stop)
    {
        if (ms > 0) printer.Say($"{ms} ms pass");
        NowMs += ms;
        return Task.CompletedTask;
    }
}
