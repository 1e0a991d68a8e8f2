using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>present</c>: shows a form and stores what was typed into its fields.</summary>
public sealed class PresentCommand(MenuShelf shelf, SettingsStore settings, ITerminal terminal)
    : Command("present", "", 0, 0, [FormName, Keep])
{
    private static readonly Option FormName = new("form", 'f', "form");
    private static readonly Option Keep = new("keep", 'k');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string name = call.Text(FormName) ?? "";
        Menu form = shelf.Require(name);
        if (form.FindStart(null) < 0) return Status.Quietly(ScriptFailure.NothingToChoose);
        if (!call.Has(Keep)) shelf.Remove(name);
        return await FillInAsync(form, settings, terminal, endsBehindLast: false, stop);
    }

    /// <summary>Asks for the settings that a form names.</summary>
    internal static async Task<Status> FillInAsync(
        Menu form, SettingsStore settings, ITerminal terminal, bool endsBehindLast, CancellationToken stop)
    {
        var presets = new List<string>(form.Items.Count);
        foreach (MenuItem item in form.Items)
        {
            string preset = "";
            if (item.Name is { } field) settings.TryFormat(field, out preset);
            presets.Add(preset);
        }
        IReadOnlyList<string>? typed =
            await terminal.FillInAsync(new FormRequest(form, presets, endsBehindLast), stop);
        if (typed is null) return Status.Quietly(ScriptFailure.Cancelled);
        for (int i = 0; i < typed.Count; i++)
        {
            if (form.Items[i].Name is { } field) settings.StoreText(field, typed[i]);
        }
        return Status.Success;
    }
}
