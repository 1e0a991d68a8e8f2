using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>clear</c>: deletes a setting; one that is not there is no failure.</summary>
public sealed class ClearCommand(SettingsStore settings) : Command("clear", "<setting>", 1, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        settings.Clear(call.Arguments[0]);
        return new(Status.Success);
    }
}
