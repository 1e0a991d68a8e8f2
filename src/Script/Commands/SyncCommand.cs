using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>sync</c>: waits for what is under way: writes to network disks, lines for log servers.</summary>
public sealed class SyncCommand(IPendingWork pending) : Command("sync", "", 0, 0, [Timeout])
{
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        await pending.SettleAsync(call.Milliseconds(Timeout), stop);
        return Status.Success;
    }
}
