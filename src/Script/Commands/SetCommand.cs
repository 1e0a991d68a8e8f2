using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>set</c>: stores a value by the setting's type; none or an empty one deletes.</summary>
public sealed class SetCommand(SettingsStore settings) : Command("set", "<setting> [<value>...]", 1, Unlimited, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        settings.StoreText(call.Arguments[0], call.Joined(1));
        return new(Status.Success);
    }
}
