using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Harness;

/// <summary>What a guest says on its serial line: a clean text to search, and a log file with a time stamp on each
/// line.</summary>
public sealed class SerialLog : IDisposable
{
    private const byte Escape = 0x1B;
    private const int SequenceBytesMax = 32;

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _folded = new();
    private readonly StringBuilder _sequence = new();
    private readonly StreamWriter _file;
    private TaskCompletionSource _changed = NewChange();
    private TimeSpan _lineBegan;
    private bool _sawReturn;
    private bool _hasEnded;
    private int _position;

    /// <summary>A log that is written to the given file as well.</summary>
    public SerialLog(string path)
    {
        Path = path;
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { AutoFlush = true };
    }

    /// <summary>The log file.</summary>
    public string Path { get; }

    /// <summary>Gets each piece of output as it comes, without the sequences that would move a person's cursor
    /// about.</summary>
    public Action<string>? Echo { get; set; }

    /// <summary>Everything so far, in lines, without escape sequences.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString() + _line;
        }
    }

    /// <summary>Takes the next bytes from the line.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        StringBuilder shown = new();
        lock (_lock)
        {
            foreach (byte value in bytes)
                Feed((char)value, shown);
            Pulse();
        }

        if (shown.Length > 0)
            Echo?.Invoke(shown.ToString());
    }

    /// <summary>Tells that nothing more will come.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_line.Length > 0)
                EndLine();
            _hasEnded = true;
            Pulse();
        }
    }

    /// <summary>Waits until the guest has said one of these texts, after whatever the last wait found. Blanks and
    /// line ends do not count: consoles break lines where they like.</summary>
    /// <returns>The text that was found and the time since the machine started.</returns>
    /// <exception cref="HarnessException">It did not: silence is failure.</exception>
    /// <exception cref="ArgumentException">A text asks for a line end, which would be silently ignored.</exception>
    public async Task<(string Found, TimeSpan At)> ExpectAsync(TimeSpan limit, params string[] texts)
    {
        if (texts.Any(text => text.Any(char.IsControl)))
            throw new ArgumentException("line ends do not count", nameof(texts));
        TimeSpan end = _watch.Elapsed + limit;
        while (true)
        {
            Task changed;
            bool hasEnded;
            lock (_lock)
            {
                if (TryFind(texts) is { } found)
                    return (found, _watch.Elapsed);
                changed = _changed.Task;
                hasEnded = _hasEnded;
            }

            string wanted = string.Join("' or '", texts);
            if (hasEnded)
                throw new HarnessException($"The machine ended without saying '{wanted}'.\n{Describe()}");
            TimeSpan left = end - _watch.Elapsed;
            if (left <= TimeSpan.Zero || await Task.WhenAny(changed, Task.Delay(left)) != changed)
                throw new HarnessException(
                    $"The guest did not say '{wanted}' in {limit.TotalSeconds:0} s.\n{Describe()}");
        }
    }

    /// <summary>Whether the guest has said this text at any time; blanks, line ends and case do not count.</summary>
    public bool HasSaid(string text)
    {
        lock (_lock)
            return _folded.ToString().Contains(Fold(text), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The end of the log, for a person to see what went wrong.</summary>
    public string Describe(int linesMax = 30)
    {
        string[] lines = Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return $"Last lines of {Path}:\n" + string.Join('\n', lines.TakeLast(linesMax).Select(line => "  | " + line));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? TryFind(string[] texts)
    {
        string heard = _folded.ToString(_position, _folded.Length - _position);
        (string Text, int Index) first = texts
            .Select(it => (it, heard.IndexOf(Fold(it), StringComparison.Ordinal)))
            .Where(it => it.Item2 >= 0)
            .OrderBy(it => it.Item2)
            .FirstOrDefault(("", -1));
        if (first.Index < 0)
            return null;
        _position += first.Index + Fold(first.Text).Length;
        return first.Text;
    }

    private static string Fold(string text) => string.Concat(text.Where(value => value > ' '));

    private void Pulse()
    {
        TaskCompletionSource last = _changed;
        _changed = NewChange();
        last.SetResult();
    }

    private void Feed(char value, StringBuilder shown)
    {
        if (_sequence.Length > 0 || value == Escape)
        {
            FeedSequence(value, shown);
            return;
        }

        if (value is '\r' or '\n' || value >= ' ' || value == '\b')
            shown.Append(value);
        if (value == '\r')
        {
            _sawReturn = true;
            return;
        }

        // A lone carriage return starts the line anew, as a progress bar does: what was there becomes a line of the
        // log.
        if (value == '\n' || (_sawReturn && _line.Length > 0))
            EndLine();
        _sawReturn = false;
        if (_line.Length == 0)
            _lineBegan = _watch.Elapsed;
        if (value >= ' ')
            _line.Append(value);
        if (value > ' ')
            _folded.Append(value);
    }

    private void FeedSequence(char value, StringBuilder shown)
    {
        _sequence.Append(value);
        bool isControl = _sequence.Length > 1 && _sequence[1] == '[';
        bool isWhole = _sequence.Length == 2 ? !isControl : _sequence.Length > 2 && value is >= '@' and <= '~';
        if (!isWhole && _sequence.Length < SequenceBytesMax)
            return;

        if (value is 'm' or 'K')
            shown.Append(_sequence);
        if (value == 'H' && _line.Length > 0)
        {
            EndLine();   // the cursor goes elsewhere: EDK2 draws its screen like that
            shown.Append("\r\n");
        }

        _sequence.Clear();
    }

    private void EndLine()
    {
        _text.Append(_line).Append('\n');
        _file.WriteLine($"[{_lineBegan.TotalSeconds,8:0.000}] {_line}");
        _line.Clear();
    }
}
