using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

// Requests, the commands they are cut into, and the session that carries those.
public sealed partial class IscsiDisk
{
    /// <summary>Enough for a large read and for what is read ahead of it.</summary>
    private const int RequestsAtOnceMax = 8;

    /// <summary>Commands under way at once.</summary>
    private const int PiecesMax = 4;
    /// <summary>Between two attempts to come back; iPXE's interval.</summary>
    private static readonly Duration ReopenPause = Duration.FromSeconds(5);
    /// <summary>A daemon that is restarted refuses connections at once, so that all retries would be over before it is
    /// back: we go on for at least so long per retry, with the usual ten of them 100 seconds.</summary>
    private static readonly Duration OutagePerRetry = Duration.FromSeconds(10);

    private Instant _resumeAt;   // the target wants to be left alone until then
    private Task _reopening = Task.CompletedTask;
    private CancellationTokenSource? _stopReopening;   // null: no session is being opened

    /// <inheritdoc/>
    public Instant NextDeadline => _requests.Count > 0 && _resumeAt > _pump.Now ? _resumeAt : Instant.Never;

    /// <inheritdoc/>
    public bool Poll(Instant now)
    {
        bool active = EndCancelled();
        if (_requests.Count == 0) return active;
        if (_path.Session.TakeEnded())
        {
            TakeEnded(now);
            active = true;
        }
        if (_path.Session.IsOver) active |= TryReopen();
        else StartPieces(now);
        for (int i = 0; i < _requests.Count;)
        {
            DiskRequest request = _requests[i];
            if (_isClosed && !request.IsDone) Fail(request, Closed());
            if (!request.IsDone) i++;
            else End(request);
        }
        return active;
    }

    private ValueTask Begin(
        ulong firstBlock, Memory<byte> target, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        int countBytes = Math.Max(target.Length, source.Length);
        Check.That(countBytes % Geometry.BlockBytes == 0 && firstBlock <= Geometry.BlockCount);
        Check.That((ulong)(countBytes / Geometry.BlockBytes) <= Geometry.BlockCount - firstBlock);
        stop.ThrowIfCancellationRequested();
        if (_isClosed) throw Closed();
        DiskRequest? request = null;
        foreach (DiskRequest free in _pool)
        {
            if (free.IsFree) request = free;
        }
        Check.That(request is not null);
        ValueTask end = request!.Start(firstBlock, target, source, _paths.Retries, stop);
        _requests.Add(request);
        if (!_path.Session.IsOver) StartPieces(_pump.Now);
        return end;
    }

    /// <summary>Ends the requests whose users have given up. What the target has of them takes the session with it:
    /// only then is their memory out of its reach.</summary>
    private bool EndCancelled()
    {
        bool hasEnded = false;
        for (int i = 0; i < _requests.Count;)
        {
            DiskRequest request = _requests[i];
            if (!request.CancelIfAsked())
            {
                i++;
                continue;
            }
            Forsake(request);
            _requests.Remove(request);
            hasEnded = true;
        }
        if (hasEnded && _requests.Count == 0) _stopReopening?.Cancel();
        return hasEnded;
    }

    private void Forsake(DiskRequest request)
    {
        foreach (DiskPiece piece in _pieces)
        {
            if (piece.Request != request) continue;
            if (piece.IsUnderWay) _path.Session.Abort();
            Release(piece);
        }
    }

    private void End(DiskRequest request)
    {
        _requests.Remove(request);
        request.End();
    }

    /// <summary>The first cause counts. Nothing more of it is started; it ends when the target has nothing more of
    /// it.</summary>
    private void Fail(DiskRequest request, Exception failure)
    {
        request.Failure ??= failure;
        request.DropRest();
        foreach (DiskPiece piece in _pieces)
        {
            if (piece.Request == request && !piece.IsUnderWay) Release(piece);
        }
    }

    /// <summary>Starts what there is room for.</summary>
    private void StartPieces(Instant now)
    {
        if (_isClosed || now < _resumeAt) return;
        foreach (DiskPiece piece in _pieces)
        {
            if (piece.Request is null) PrepareNext(piece);
            if (piece.Request is null || piece.IsUnderWay) continue;
            piece.Task.Lun = Options.Path.Lun;   // another path may have another
            _path.Session.Start(piece.Task);
            piece.IsUnderWay = true;
        }
    }

    /// <summary>Cuts the next command's share off the first request of which anything is left. A target answers in any
    /// order, so a request's commands wait until the one before it has but one left: else what is read ahead would come
    /// first, and nothing would be on its way any more when somebody has got what he waits for.</summary>
    private void PrepareNext(DiskPiece piece)
    {
        foreach (DiskRequest request in _requests)
        {
            if (!request.HasRest && request.Pieces > 1) return;
            if (!request.HasRest) continue;
            (piece.Request, piece.IsUnderWay) = (request, false);
            request.Pieces++;
            if (request.MustFlush)
            {
                bool isShort = Geometry.BlockCount <= 1ul + uint.MaxValue;
                piece.Task.WantRead(isShort ? ScsiCdb.SynchronizeCache10 : ScsiCdb.SynchronizeCache16, default);
                request.MustFlush = false;
                return;
            }
            int leftBlocks = Math.Max(request.Target.Length, request.Source.Length) / Geometry.BlockBytes;
            int blocks = Math.Min(leftBlocks, _path.Traits.CommandBlocksMax), bytes = blocks * Geometry.BlockBytes;
            if (request.Target.Length > 0)
            {
                piece.Task.WantRead(ScsiCdb.ReadBlocks(request.NextBlock, (uint)blocks), request.Target[..bytes]);
                request.Target = request.Target[bytes..];
            }
            else
            {
                piece.Task.WantWrite(ScsiCdb.WriteBlocks(request.NextBlock, (uint)blocks), request.Source[..bytes]);
                request.Source = request.Source[bytes..];
            }
            request.NextBlock += (uint)blocks;
            return;
        }
    }

    /// <summary>Judges what has ended.</summary>
    private void TakeEnded(Instant now)
    {
        foreach (DiskPiece piece in _pieces)
        {
            ScsiTask task = piece.Task;
            if (piece.Request is not { } request || !piece.IsUnderWay || task.End == TaskEnd.None) continue;
            piece.IsUnderWay = false;
            ScsiVerdict verdict = ScsiVerdict.On(task);
            if (verdict.Action == ScsiAction.None && !IsWhole(task))
                verdict = new ScsiVerdict(ScsiAction.Repeat, SanFailure.ShortTransfer);
            if (verdict.Kind == SanFailure.CommandRefused && IsFlush(task))
            {
                verdict = default;   // it has no cache, or none that could lose anything
                _cannotFlush = true;
            }
            if (verdict.Action == ScsiAction.None || request.Failure is not null)
            {
                Release(piece);
            }
            else if (verdict.Action != ScsiAction.Reinstate)
            {
                if (!request.Patience.TryTake(verdict, out Duration pause))
                    Fail(request, verdict.CreateFailure(Name, task));
                else if (now + pause > _resumeAt)
                    _resumeAt = now + pause;
            }
        }
    }

    private static bool IsWhole(ScsiTask task) => task.ReceivedBytes == task.Target.Length
        && (task.Source.Length == 0 || task.Residual.Bytes == 0 && task.PromisedBytes == task.Source.Length);

    private static bool IsFlush(ScsiTask task) =>
        task.Cdb.Opcode is ScsiOpcode.SynchronizeCache10 or ScsiOpcode.SynchronizeCache16;

    private static void Release(DiskPiece piece)
    {
        piece.Request!.Pieces--;
        piece.Request = null;
        piece.Task.Release();
    }

    /// <summary>The session is over: opens the next one for the requests that have not seen too many lost. At first at
    /// once; then with pauses, as often as the options say.</summary>
    private bool TryReopen()
    {
        if (_isClosed || _stopReopening is not null) return false;
        Exception loss = _path.Session.Failure!;
        bool isWanted = false, isFirst = true;
        foreach (DiskRequest request in _requests)
        {
            isFirst &= ++request.Replays == 1;
            if (loss is not BootFailure || request.Replays > _paths.Retries) Fail(request, loss);
            isWanted |= request.Failure is null;
        }
        if (!isWanted) return true;
        Duration pause = _path.Session.ReopenAfter;
        if (!isFirst && pause < ReopenPause) pause = ReopenPause;
        _stopReopening = new CancellationTokenSource();
        _reopening = ReopenAsync(pause, _stopReopening.Token);
        return true;
    }

    private async Task ReopenAsync(Duration pause, CancellationToken stop)
    {
        try
        {
            await OpenNextAsync(pause, stop);
        }
        catch (OperationCanceledException)
        {
            // nobody wants it any more
        }
        catch (Exception failure)
        {
            foreach (DiskRequest request in _requests) Fail(request, failure);
        }
        finally
        {
            _stopReopening = null;
        }
    }

    private async Task OpenNextAsync(Duration pause, CancellationToken stop)
    {
        Instant until = _pump.Now + OutagePerRetry * _paths.Retries;
        IscsiPath next;
        for (int attempt = 1; ; attempt++)
        {
            if (pause > Duration.Zero) await _pump.Delay(pause, stop);
            try
            {
                next = await _paths.OpenFirstAsync(stop);
                break;
            }
            catch (BootFailure) when (attempt < _paths.Retries || _pump.Now < until)
            {
                pause = ReopenPause;
            }
        }
        DiskGeometry now = next.Traits.Geometry;
        bool isSame = now.BlockBytes == Geometry.BlockBytes && now.BlockCount == Geometry.BlockCount;
        if (isSame && !stop.IsCancellationRequested)
        {
            _path = next;
            Reopened?.Invoke();
            return;
        }
        await next.Session.CloseAsync();
        stop.ThrowIfCancellationRequested();
        throw new BootFailure(SanFailure.DiskChanged, $"{Name} has another size than before");
    }

    private BootFailure Closed() => new(SanFailure.DiskClosed, $"{Name} has been closed");
}
