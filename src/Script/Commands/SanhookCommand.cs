using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>sanhook</c>: makes a network disk a drive, and leaves it there.</summary>
public sealed class SanhookCommand(ISan san)
    : SanCommand("sanhook", san, "<root-path>...", 1, Unlimited, [Drive, NoDescribe])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        await San.HookAsync(ReadHook(call), stop);
        return Status.Success;
    }
}
