using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>read</c>: lets the user edit a setting.</summary>
public sealed class ReadCommand(SettingsStore settings, ITerminal terminal)
    : Command("read", "<setting>", 1, 1, [Timeout])
{
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string name = call.Arguments[0];
        settings.TryFormat(name, out string preset);
        var request = new LineRequest("", preset, call.Milliseconds(Timeout), IsCommand: false);
        settings.StoreText(name, await terminal.ReadLineAsync(request, stop));
        return Status.Success;
    }
}
