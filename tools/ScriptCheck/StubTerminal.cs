using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.ScriptCheck;

/// <summary>A user who is not there: he types nothing, takes what a menu proposes and leaves every text as it is. What
/// he is told to choose he chooses.</summary>
/// <param name="printer">Where the trace goes.</param>
/// <param name="choices">What he chooses from menus, one after the other; then what they propose.</param>
internal sealed class StubTerminal(TracePrinter printer, Queue<string> choices)
{
    private const int Enter = '\r';

    private readonly List<Interruption> _open = [];

    public ColourPairs Colours { get; } = new();

    public void Write(string text) => printer.Show(text);

    public Interruption BeginInterruptible() => new(_open);

    public Task<int> ReadKeyAsync(long timeoutMs, CancellationToken stop)
    {
        printer.Say(timeoutMs > 0 ? "nobody presses a key" : "Enter is pressed");
        return timeoutMs > 0 ? throw new BootFailure(ScriptFailure.NothingTyped) : Task.FromResult(Enter);
    }

    public Task<string> ReadLineAsync(LineRequest request, CancellationToken stop)
    {
        string text = request.IsCommand ? "exit" : request.Preset;
        printer.Say($"'{text}' is typed");
        return Task.FromResult(text);
    }

    public Task<MenuItem?> ChooseAsync(MenuRequest request, CancellationToken stop)
    {
        MenuItem chosen = request.Menu.Items[request.Start];
        if (choices.TryDequeue(out string? wanted))
        {
            chosen = Find(request.Menu, wanted)
                ?? throw new TraceEnd($"the menu has no item '{wanted}' to choose", isSuccess: false);
        }
        printer.Say($"{chosen.Name} is chosen");
        return Task.FromResult<MenuItem?>(chosen);
    }

    public Task<IReadOnlyList<string>?> FillInAsync(FormRequest request, CancellationToken stop)
    {
        printer.Say("the form is saved as it is");
        return Task.FromResult<IReadOnlyList<string>?>(request.Presets);
    }

    private static MenuItem? Find(Menu menu, string name)
    {
        foreach (MenuItem item in menu.Items)
        {
            if (item.Name == name) return item;
        }
        return null;
    }
}
