using System;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The line of one transfer: URI, percent, bar and speed, in the end ok.</summary>
public sealed class TransferLine : ITransferProgress
{
    private const int BarCharacters = 20;
    private const int TitleCharactersMin = 20;
    private const ulong MeasuredBytesMin = 1 << 20;
    private static readonly Duration RedrawInterval = Duration.FromSeconds(1);
    private static readonly Duration FirstDraw = Duration.FromMilliseconds(250);

    private readonly IConsole? _console;
    private readonly Pump _pump;
    private readonly string _title;
    private readonly Instant _startedAt;
    private Instant _redrawAt;
    private int _drawnCharacters;

    internal TransferLine(IConsole? console, Pump pump, string title)
    {
        _console = console;
        _pump = pump;
        _startedAt = pump.Now;
        _redrawAt = _startedAt + FirstDraw;   // so that a transfer of less than a second shows its bar too
        int room = console is null ? title.Length : int.Max(TitleCharactersMin, console.Columns - 45);
        _title = Shorten(title, room);
        Draw($"{_title}...");
    }

    /// <inheritdoc/>
    public void Report(ulong receivedBytes, ulong? totalBytes)
    {
        if (_console is null || _pump.Now < _redrawAt) return;
        _redrawAt = _pump.Now + RedrawInterval;
        string speed = Speed(receivedBytes);
        Draw(totalBytes is { } total and > 0
            ? $"{_title}... {Percent(receivedBytes, total),3}% [{Bar(receivedBytes, total)}] {speed}"
            : $"{_title}... {Size(receivedBytes)} {speed}");
    }

    /// <inheritdoc/>
    public void Resuming(string reason)
    {
        Draw($"{_title}... going on after: {reason}\n");
        _drawnCharacters = 0;
    }

    /// <summary>All is there.</summary>
    public void Succeeded(ulong sizeBytes) => Draw($"{_title}... ok ({Size(sizeBytes)}{AverageSpeed(sizeBytes)})\n");

    /// <summary>It failed; whoever catches the failure says why on the next line. That nobody answered is said in the
    /// words that test labs wait for in iPXE's output.</summary>
    public void Failed(Exception trouble)
    {
        bool isSilence = trouble is BootFailure failure
            && (failure.Kind.Code >> 24) is ErrorNumber.TimedOut or ErrorNumber.HostUnreachable;
        Draw($"{_title}... {(isSilence ? "Connection timed out" : "failed")}\n");
    }

    /// <summary>Said of files that take long enough for it to mean something.</summary>
    private string AverageSpeed(ulong bytes) => bytes >= MeasuredBytesMin ? ", " + Speed(bytes) : "";

    /// <summary>Megabytes (1,000,000 bytes) a second, with one decimal.</summary>
    private string Speed(ulong bytes)
    {
        ulong microseconds = (ulong)long.Max(1, (_pump.Now - _startedAt).Microseconds);
        ulong tenths = bytes * 10 / microseconds;
        return $"{tenths / 10}.{tenths % 10} MB/s";
    }

    private static string Size(ulong bytes)
    {
        if (bytes < 1024) return $"{bytes} bytes";
        if (bytes < 1024 * 1024) return $"{bytes >> 10} KiB";
        ulong tenths = bytes * 10 >> 20;
        return $"{tenths / 10}.{tenths % 10} MiB";
    }

    private static int Percent(ulong received, ulong total) =>
        (int)ulong.Min(100, received < ulong.MaxValue / 100 ? received * 100 / total : received / (total / 100));

    private static string Bar(ulong received, ulong total)
    {
        int filled = Percent(received, total) * BarCharacters / 100;
        return new string('#', filled) + new string('.', BarCharacters - filled);
    }

    /// <summary>Keeps the server and the file name, and drops the middle.</summary>
    private static string Shorten(string title, int room)
    {
        if (title.Length <= room) return title;
        int tail = room / 2;
        return title.Substring(0, room - tail - 2) + ".." + title.Substring(title.Length - tail);
    }

    private void Draw(string line)
    {
        if (_console is null) return;
        int length = line.EndsWith('\n') ? line.Length - 1 : line.Length;
        string blanks = length < _drawnCharacters ? new string(' ', _drawnCharacters - length) : "";
        string start = _drawnCharacters > 0 ? "\r" : "";
        _console.Write(start + line.Substring(0, length) + blanks + line.Substring(length));
        _drawnCharacters = length;
    }
}
