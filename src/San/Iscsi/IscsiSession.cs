using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A session with one connection in its full feature phase: moves PDUs between the connection and <see
/// cref="FullFeaturePhase"/> until one of them ends it. It never comes back: whoever needs it opens another.</summary>
internal sealed class IscsiSession : IPolled
{
    private readonly Pump _pump;
    private readonly IscsiConnection _connection;
    private readonly FullFeaturePhase _phase;
    private readonly PendingOperation<bool> _work, _ended;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _header = new byte[PduHeader.Bytes];

    /// <param name="pump">Where it runs; it has to be called on it.</param>
    /// <param name="login">The connection behind its login; from now on the session's own.</param>
    /// <param name="target">The target for messages.</param>
    public IscsiSession(Pump pump, IscsiLogin login, string target)
    {
        _pump = pump;
        _connection = login.Connection;
        Login = login;
        Target = target;
        _phase = new FullFeaturePhase(login.Parameters, target);
        (_work, _ended) = (new PendingOperation<bool>(pump), new PendingOperation<bool>(pump));
        pump.Add(this);
        _ = ReadAllAsync();
        _ = WriteAllAsync();
    }

    /// <summary>What the login has settled.</summary>
    public IscsiLogin Login { get; }

    /// <summary>The target's name, for messages.</summary>
    public string Target { get; }

    /// <summary>Why it is over; null while it is not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>No command can be started any more; all have ended.</summary>
    public bool IsOver => Failure is not null;

    /// <summary>How long to stay away before the next session, as the target wants it.</summary>
    public Duration ReopenAfter => _phase.ReopenAfter;

    /// <summary>PDUs that belonged to no command and were dropped.</summary>
    public int StrayPdus => _phase.StrayPdus;

    /// <inheritdoc/>
    public Instant NextDeadline => IsOver ? Instant.Never : _phase.NextDeadline;

    /// <summary>Starts a command. It ends by itself, at the latest with the session: see <see
    /// cref="ScsiTask.End"/>.</summary>
    public void Start(ScsiTask task)
    {
        Check.That(!IsOver);
        _phase.Start(task, _pump.Now);
        Wake();
    }

    /// <summary>Whether a command has ended since the last call, or the last <see cref="WhenEndedAsync"/>.</summary>
    public bool TakeEnded() => _phase.TakeEnded();

    /// <summary>Waits until some command has ended since the last such wait. When <paramref name="stop"/> ends it,
    /// commands are still under way: <see cref="Abort"/> takes their memory from them.</summary>
    public ValueTask WhenEndedAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return _phase.TakeEnded() ? default : _ended.StartPlain(stop);
    }

    /// <summary>Logs out in good order; over after a bounded time, whatever the target does.</summary>
    public async ValueTask CloseAsync()
    {
        if (IsOver) return;
        _phase.AskForLogout(_pump.Now);
        Wake();
        await _over.Task;
    }

    /// <summary>Ends it at once.</summary>
    public void Abort() => End(new BootFailure(SanFailure.DiskClosed, $"The session with {Target} was dropped"));

    /// <inheritdoc/>
    public bool Poll(Instant now)
    {
        bool active = _ended.CancelIfAsked();
        if (IsOver) return active;
        try
        {
            active |= _phase.Poll(now);
        }
        catch (BootFailure failure)
        {
            End(failure);
            return true;
        }
        Wake();
        return active;
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (!IsOver && !_phase.IsLoggedOut && await _connection.ReadHeaderAsync(default))
            {
                Memory<byte> room = _phase.Begin(_connection.Header, _pump.Now);
                if (room.Length > 0) await _connection.ReadDataAsync(room, default);
                if (IsOver) return;
                _phase.Finish(_pump.Now);
                Wake();
            }
            FailureKind kind = _phase.IsLoggedOut ? SanFailure.SessionEnded : SanFailure.ConnectionClosed;
            End(new BootFailure(kind, $"{kind.Sentence} ({Target})"));
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (!IsOver)
            {
                if (!_phase.TrySelect(_header, _pump.Now, out ReadOnlyMemory<byte> data))
                {
                    await _work.StartPlain(default);
                    continue;
                }
                await _connection.WriteAsync(_header, data, default);
                if (IsOver) return;
                _phase.Sent(_pump.Now);
                Wake();
            }
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    /// <summary>Lets the writer and the commands' owner go on if there is cause.</summary>
    private void Wake()
    {
        if (_work.IsPending && (_phase.HasWork || IsOver)) _work.Complete(true);
        if (_ended.IsPending && _phase.TakeEnded()) _ended.Complete(true);
    }

    /// <summary>The first cause counts. The connection goes before the commands end: from then on nothing touches
    /// their memory.</summary>
    private void End(Exception failure)
    {
        if (IsOver) return;
        Failure = failure;
        if (_phase.IsLoggedOut) _connection.Close();
        else _connection.Abort();
        _phase.EndAll();
        Wake();
        _pump.Remove(this);
        _over.TrySetResult();
    }
}
