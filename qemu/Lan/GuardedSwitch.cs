using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>A switch that lets nothing through at first, and says so once a second, as switches do whose ports have to
/// learn, or to be asked for, before they forward.</summary>
public sealed class GuardedSwitch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly byte[] _closed, _open;
    private readonly Func<byte[], bool> _isKey;
    private readonly SwitchCables _cables;
    private readonly Timer _timer;
    private int _isOpen, _said, _lost;

    /// <summary>A switch that is shut.</summary>
    /// <param name="closed">The frame it says so with.</param>
    /// <param name="open">The frame that says the contrary.</param>
    /// <param name="isKey">Whether a frame of the machine opens it.</param>
    public GuardedSwitch(byte[] closed, byte[] open, Func<byte[], bool> isKey)
    {
        (_closed, _open, _isKey) = (closed, open, isKey);
        _cables = new SwitchCables(TakeFromMachine, TakeFromServer);
        _timer = new Timer(_ => Say(), null, s_period, s_period);
    }

    /// <summary>How often it has said that it lets nothing through.</summary>
    public int SaidClosed => Volatile.Read(ref _said);

    /// <summary>Frames of the machine that were dropped.</summary>
    public int LostFrames => Volatile.Read(ref _lost);

    /// <summary>Whether it forwards.</summary>
    public bool IsOpen => Volatile.Read(ref _isOpen) != 0;

    /// <summary>Forwards from now on, and says so at once.</summary>
    public void Open()
    {
        Volatile.Write(ref _isOpen, 1);
        Say();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _cables.Dispose();
    }

    /// <summary>QEMU's arguments for the back end called n0, and for the network behind the switch.</summary>
    internal IEnumerable<string> Arguments(string user) => _cables.Arguments(user);

    private void TakeFromMachine(byte[] frame)
    {
        if (_isKey(frame))
        {
            if (!IsOpen) Open();
        }
        else if (IsOpen)
            _cables.SendToServer(frame);
        else
            Interlocked.Increment(ref _lost);
    }

    private void TakeFromServer(byte[] frame)
    {
        if (IsOpen) _cables.SendToMachine(frame);
    }

    private void Say()
    {
        try
        {
            _cables.SendToMachine(IsOpen ? _open : _closed);
            if (!IsOpen) Interlocked.Increment(ref _said);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The machine is not there yet, or no longer.
        }
    }
}
