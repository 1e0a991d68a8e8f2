using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>choose</c>: shows a menu and stores the name of what is chosen.</summary>
public sealed class ChooseCommand(MenuShelf shelf, SettingsStore settings, ITerminal terminal)
    : Command("choose", "<setting>", 1, 1, [MenuName, Default, Timeout, Retimeout, Keep])
{
    private static readonly Option MenuName = new("menu", 'm', "menu");
    private static readonly Option Default = new("default", 'd', "name");
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");
    private static readonly Option Retimeout = new("retimeout", 'r', "milliseconds");
    private static readonly Option Keep = new("keep", 'k');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        long timeoutMs = call.Milliseconds(Timeout), retimeoutMs = call.Milliseconds(Retimeout);
        string name = call.Text(MenuName) ?? "";
        Menu menu = shelf.Require(name);
        var request = new MenuRequest(menu, menu.FindStart(call.Text(Default)), timeoutMs, retimeoutMs);
        if (request.Start < 0) return Status.Quietly(ScriptFailure.NothingToChoose);
        if (!call.Has(Keep)) shelf.Remove(name);
        MenuItem? chosen = await terminal.ChooseAsync(request, stop);
        if (chosen?.Name is not { } choice) return Status.Quietly(ScriptFailure.Cancelled);
        settings.StoreBytes(call.Arguments[0], ByteText.ToBytes(choice), SettingTypes.String);
        return Status.Success;
    }
}
