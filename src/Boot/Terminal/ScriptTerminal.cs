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
        var editor = new LineEditor(
            ByteText.ToUnicode(request.Preset), request.IsCommand ? _history : [],
            typing.Cursor.Column, typing.Columns);
        bool outer = keyboard.TakesControlC;
        keyboard.TakesControlC = request.IsCommand;
        try
        {
            bool isDone = false;
            while (!isDone)
            {
                typing.Write(editor.Redraw());
                Key key = await keyboard.ReadAsync(request.TimeoutMs, stop)
                    ?? throw new BootFailure(ScriptFailure.NothingTyped);
                isDone = Type(editor, key);
                for (int i = 1; i < EchoMax && !isDone && keyboard.TryRead(out key); i++) isDone = Type(editor, key);
            }
            typing.Write(editor.Redraw());
        }
        finally
        {
            keyboard.TakesControlC = outer;
            typing.Write("\n");
        }
        if (request.IsCommand) Remember(editor.Text);
        return ByteText.FromUnicode(editor.Text);
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

    /// <returns>The key ends the line.</returns>
    private static bool Type(LineEditor editor, Key key)
    {
        if (key.Code is 0x0d or 0x0a) return true;
        editor.Type(key);
        return false;
    }

    private void Remember(string line)
    {
        if (line.Length == 0 || (_history.Count > 0 && _history[_history.Count - 1] == line)) return;
        if (_history.Count == HistoryMax) _history.RemoveAt(0);
        _history.Add(line);
    }
}
