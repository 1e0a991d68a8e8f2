using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>inc</c>: adds to a number.</summary>
public sealed class IncCommand(SettingsStore settings) : Command("inc", "<setting> [<increment>]", 1, 2, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        settings.Increase(call.Arguments[0], call.Arguments.Count > 1 ? NumberText.Read(call.Arguments[1]) : 1);
        return new(Status.Success);
    }
}
