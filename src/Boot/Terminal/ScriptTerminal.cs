using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The screen and keyboard as commands see them.</summary>
/// <param name="console">The screen.</param>
/// <param name="typing">The same for what is typed and for menus and forms: it goes into no log.</param>
/// <param name="keyboard">The keyboard.</param>
public sealed class ScriptTerminal(IConsole console, IConsole typing, Keyboard keyboard) : ITerminal
{
    private const int HistoryMax = 8;

    /// <summary>Keys that are shown at once. While they are, others come in: no more than a port can hold.</summary>
    private const int EchoMax = 16;

    private readonly AnsiConsole _output = new(console);
    private readonly List<string> _history = [];

    /// <summary>One where nothing is logged.</summary>
    public ScriptTerminal(IConsole console, Keyboard keyboard) : this(console, console, keyboard)
    {
    }

    /// <inheritdoc/>
    public void Write(string text) => _output.Write(ByteText.ToUnicode(text));

    /// <inheritdoc/>
    public async Task<int> ReadKeyAsync(long timeoutMs, CancellationToken stop)
    {
        Key? key = await keyboard.ReadAsync(timeoutMs, stop);
        return key is { } typed ? typed.Code : throw new BootFailure(ScriptFailure.NothingTyped);
    }

    /// <inheritdoc/>
    public async Task<string> ReadLineAsync(LineRequest request, CancellationToken stop)
    {
        Write(request.Prompt);
        var typed = new TypedLine(typing, request, request.IsCommand ? _history : []);
        bool outer = keyboard.TakesControlC;
        keyboard.TakesControlC = request.IsCommand;
        try
        {
            while (!typed.IsDone)
            {
                typed.Show();
                Key key = await keyboard.ReadAsync(request.TimeoutMs, stop)
                    ?? throw new BootFailure(ScriptFailure.NothingTyped);
                typed.Type(key);
                for (int i = 1; i < EchoMax && !typed.IsDone && keyboard.TryRead(out key); i++) typed.Type(key);
            }
            typed.Show();
        }
        finally
        {
            keyboard.TakesControlC = outer;
            typing.Write("\n");
        }
        if (request.IsCommand) Remember(typed.Text);
        return ByteText.FromUnicode(typed.Text);
    }

    /// <inheritdoc/>
    public ColourPairs Colours { get; } = new();

    /// <inheritdoc/>
    public Task<MenuItem?> ChooseAsync(MenuRequest request, CancellationToken stop) =>
        new MenuScreen(new ScreenPainter(typing, Colours), keyboard, request).RunAsync(stop);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> FillInAsync(FormRequest request, CancellationToken stop) =>
        new FormScreen(new ScreenPainter(typing, Colours), keyboard, request).RunAsync(stop);

    /// <inheritdoc/>
    public Task EditSettingsAsync(SettingsStore settings, SettingsBlock block, CancellationToken stop) =>
        new SettingsScreen(new ScreenPainter(typing, Colours), keyboard, settings).RunAsync(block, stop);

    /// <inheritdoc/>
    public Interruption BeginInterruptible() => keyboard.BeginInterruptible();

    private void Remember(string line)
    {
        if (line.Length == 0 || (_history.Count > 0 && _history[_history.Count - 1] == line)) return;
        if (_history.Count == HistoryMax) _history.RemoveAt(0);
        _history.Add(line);
    }
}
