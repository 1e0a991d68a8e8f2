using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>reboot</c>.</summary>
public sealed class RebootCommand(IMachine machine) : Command("reboot", "", 0, 0, [Warm, Setup])
{
    private static readonly Option Warm = new("warm", 'w');
    private static readonly Option Setup = new("setup", 's');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        machine.Reboot(call.Has(Warm), call.Has(Setup));
        return new(Status.Success);
    }
}
