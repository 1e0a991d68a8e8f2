using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Sends lines to a log server beside everything else: nobody ever waits for it, few lines wait for the
/// server, and a server that cannot be reached is left alone for a while.</summary>
public sealed class LogSender(Pump pump, ILogWire wire, Action<string> note)
{
    private const int LinesMax = 128;

    private static readonly Duration LineTimeMax = Duration.FromSeconds(30), Pause = Duration.FromSeconds(30);
    private static readonly Duration Look = Duration.FromMilliseconds(5);

    private readonly Queue<string> _lines = new();
    private Instant _restsUntil;
    private bool _isRunning, _isNoted, _isClosed;
    private int _lost;

    /// <summary>Takes a line, or loses it where too many wait.</summary>
    public void Add(string line)
    {
        if (_isClosed) return;
        if (_lines.Count == LinesMax) _lost++;
        else _lines.Enqueue(line);
        if (_isRunning || pump.CurrentTime < _restsUntil) return;
        _isRunning = true;
        pump.Schedule(Duration.Zero, () => _ = RunAsync());
    }

    /// <summary>Waits until all lines are sent, or for as long as is allowed, and ends the connection.</summary>
    public async Task SettleAsync(Duration limit)
    {
        Instant end = pump.CurrentTime + limit;
        while (_isRunning && pump.CurrentTime < end) await pump.Delay(Look, CancellationToken.None);
        if (!_isRunning) wire.Close();
    }

    /// <summary>No more lines.</summary>
    public void Close()
    {
        _isClosed = true;
        _lines.Clear();
        wire.Close();
    }

    private async Task RunAsync()
    {
        try
        {
            while (_lines.Count > 0)
            {
                await SendAsync(_lines.Peek());
                if (_lines.Count > 0) _lines.Dequeue();
                if (_lost > 0 && _lines.Count < LinesMax)
                {
                    _lines.Enqueue($"({_lost} lines were lost)");
                    _lost = 0;
                }
            }
            _isNoted = false;
        }
        catch (BootFailure failure)
        {
            Rest(failure.Describe());
        }
        catch (OperationCanceledException)
        {
            Rest($"it does not answer [{NetFailure.PeerSilent.Code:x8}]");
        }
        finally
        {
            _isRunning = false;
        }
    }

    private async Task SendAsync(string line)
    {
        using var watchdog = new Watchdog(pump, CancellationToken.None);
        watchdog.Allow(LineTimeMax);
        await wire.SendAsync(line, watchdog.Token);
    }

    private void Rest(string reason)
    {
        wire.Close();
        _restsUntil = pump.CurrentTime + Pause;
        if (!_isNoted && !_isClosed) note($"The log server gets nothing: {reason}\n");
        _isNoted = true;
    }
}
