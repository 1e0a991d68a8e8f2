using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>poweroff</c>.</summary>
public sealed class PowerOffCommand(IMachine machine) : Command("poweroff", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        machine.PowerOff();
        return new(Status.Success);
    }
}
