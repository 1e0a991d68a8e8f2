using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>sanunhook</c>: takes a drive away and closes its disk.</summary>
public sealed class SanunhookCommand(ISan san) : SanCommand("sanunhook", san, "", 0, 0, [Drive])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        await San.UnhookAsync(ReadDrive(call));
        return Status.Success;
    }
}
