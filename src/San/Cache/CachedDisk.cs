using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk in front of a slow one: what was read is kept in bounded memory, and what is read in order is asked
/// for ahead, so that the slow disk works while the caller does. Writes go through.</summary>
/// <remarks>Everything that a request lacks is asked for at once, and what follows it right behind, as far as the disk
/// takes several requests: the line is never idle because somebody waits for an answer. What is asked for goes on
/// whenever the Pump turns. The far part of a large request goes straight into the caller's memory. A read-ahead that
/// fails is forgotten: whoever needs the blocks asks again and gets the failure that is true then.</remarks>
public sealed class CachedDisk : IBlockDevice, IPolled
{
    /// <summary>From here on a second copy costs more than what reading ahead saves.</summary>
    private const int BypassBytes = 256 * 1024;

    private const int FirstWindowLines = 2;
    private const int WindowBytesMax = 512 * 1024;
    private const int TableReadLinesMax = 2;

    /// <summary>After a failure nothing is read ahead for so many requests.</summary>
    private const int CalmRequests = 64;

    private readonly Pump _pump;
    private readonly IBlockDevice _inner;
    private readonly DiskGeometry _geometry;
    private readonly CacheLines _lines;
    private readonly ReadStreams _streams = new();
    private readonly ReadRuns _runs;
    private readonly int _windowLinesMax, _straightWindowLines;
    private CancellationTokenSource _stopRuns = new();
    private CancellationToken _waiter;
    private bool _isStraightUnderWay, _isDirty, _isClosed;
    private int _calmRequests;

    /// <summary>A cache of <paramref name="pages"/> (8 blocks at least, 8 to 16 MiB for good service) before
    /// <paramref name="inner"/>, which is its own from now on.</summary>
    public CachedDisk(Pump pump, IBlockDevice inner, Memory<byte> pages)
    {
        _pump = pump;
        _inner = inner;
        _geometry = inner.Geometry;
        _lines = new CacheLines(pages, _geometry);
        _runs = new ReadRuns(Math.Min(CacheLines.RunsMax, inner.RequestsMax));
        _windowLinesMax = LinesOf(WindowBytesMax);
        _straightWindowLines = LinesOf(BypassBytes);
        pump.Add(this);
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry => _geometry;

    /// <inheritdoc/>
    public int RequestsMax => 1;

    /// <inheritdoc/>
    public Instant NextDeadline => Instant.Never;

    /// <summary>No further request can be given to the disk behind.</summary>
    private bool IsBusy => _runs.IsFull || _runs.Count + (_isStraightUnderWay ? 1 : 0) >= _inner.RequestsMax;

    /// <summary>Lets a caller that waits for a read-ahead cancel it.</summary>
    public bool Poll(Instant now)
    {
        if (!_waiter.IsCancellationRequested) return false;
        _waiter = default;
        _stopRuns.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        CheckInside(firstBlock, target.Length);
        while (_runs.Count > 0 && _runs.First.Read.IsCompleted) TakeOver();
        int done = _lines.Copy(firstBlock, target.Span);
        if (done < target.Length) return ReadRestAsync(firstBlock, target, done, stop);
        int stream = Note(firstBlock, target.Length);
        ReadAhead(stream, EndOf(firstBlock, target.Length), isHit: true, _windowLinesMax);
        return default;
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        CheckInside(firstBlock, source.Length);
        while (_runs.Count > 0) await EndRunAsync(stop);
        _isDirty = true;
        bool isWritten = false;
        try
        {
            await _inner.WriteAsync(firstBlock, source, stop);
            isWritten = true;
        }
        finally
        {
            if (isWritten) _lines.Update(firstBlock, source.Span);
            else _lines.Drop(firstBlock, source.Length);   // nobody knows what the disk has now
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(CancellationToken stop)
    {
        if (!_isDirty) return;
        while (_runs.Count > 0) await EndRunAsync(stop);
        await _inner.FlushAsync(stop);
        _isDirty = false;
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        _stopRuns.Cancel();
        while (_runs.Count > 0) await EndRunAsync(CancellationToken.None);
        _pump.Remove(this);
        await _inner.CloseAsync();
    }

    /// <summary>Reads what is not here. First the part is asked for that is not on its way either, straight if it is
    /// large, then what follows the request; only then is anything waited for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadRestAsync(ulong firstBlock, Memory<byte> target, int done, CancellationToken stop)
    {
        int stream = Note(firstBlock, target.Length);
        ulong endBlock = EndOf(firstBlock, target.Length);
        int expected = done + CountExpectedBytes(EndOf(firstBlock, done), target.Length - done), end = target.Length;
        bool isHit = expected == end, isStraight = end - expected >= BypassBytes;
        ValueTask straight = default;
        if (!isHit && !IsBusy)
        {
            if (!isStraight) Fetch(EndOf(firstBlock, expected), end - expected);
            else straight = BeginStraight(EndOf(firstBlock, expected), target[expected..], stop);
            if (isStraight) end = expected;
        }
        int windowLines = isStraight ? _straightWindowLines : _windowLinesMax;
        ReadAhead(stream, endBlock, isHit, windowLines);
        try
        {
            await CollectAsync(firstBlock, target[..end], done, stop);
        }
        finally
        {
            _isStraightUnderWay = false;
            await straight;
        }
        ReadAhead(stream, endBlock, isHit: true, windowLines);   // where there was no room before
    }

    /// <summary>Waits for what is on its way and asks for what is not, until the target is full.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CollectAsync(ulong firstBlock, Memory<byte> target, int done, CancellationToken stop)
    {
        bool mustBeExact = false;   // lines may hold bad blocks nobody has asked for
        while (true)
        {
            done += _lines.Copy(EndOf(firstBlock, done), target.Span[done..]);
            if (done == target.Length) return;
            ulong block = EndOf(firstBlock, done);
            if (_runs.Has(_lines.LineOf(block)) || IsBusy)
            {
                bool isNeeded = IsExactly(_runs.First, block, target.Length - done);
                BootFailure? failure = await EndRunAsync(stop);
                if (failure is not null && isNeeded) throw failure;
                mustBeExact |= failure is not null;
            }
            else if (!mustBeExact && target.Length - done < BypassBytes)
            {
                Fetch(block, target.Length - done);
            }
            else
            {
                await _inner.ReadAsync(block, target[done..], stop);
                return;
            }
        }
    }

    private ValueTask BeginStraight(ulong block, Memory<byte> target, CancellationToken stop)
    {
        ValueTask straight = _inner.ReadAsync(block, target, stop);
        _isStraightUnderWay = true;
        return straight;
    }

    /// <summary>Asks for the lines that hold the blocks, as far as they are missing and fit into one run.</summary>
    private void Fetch(ulong block, int countBytes)
    {
        ulong line = _lines.LineOf(block), last = _lines.LineOf(EndOf(block, countBytes) - 1);
        int count = CountMissing(line, (int)Math.Min(last - line + 1, (ulong)_lines.RunLinesMax));
        BeginRun(line, count, isStream: count > TableReadLinesMax);
    }

    /// <summary>Notes what is read; returns the stream it is part of, -1 if it is of none.</summary>
    private int Note(ulong firstBlock, int countBytes)
    {
        if (_calmRequests > 0) _calmRequests--;
        bool isInOrder = _streams.Note(firstBlock, EndOf(firstBlock, countBytes), out int index);
        if (!isInOrder) return -1;
        ref ReadStream stream = ref _streams[index];
        stream.WindowLines = Math.Max(stream.WindowLines, Math.Max(FirstWindowLines, countBytes / _lines.LineBytes));
        return index;
    }

    /// <summary>Asks for what comes next in a stream that has come to <paramref name="endBlock"/>.</summary>
    /// <param name="index">The stream; -1: there is none.</param>
    /// <param name="endBlock">Behind what was read last.</param>
    /// <param name="isHit">Nothing of that was missing: what was read ahead is still here.</param>
    /// <param name="linesMax">The largest window.</param>
    private void ReadAhead(int index, ulong endBlock, bool isHit, int linesMax)
    {
        if (index < 0 || _calmRequests > 0 || _isClosed || endBlock == _geometry.BlockCount) return;
        ref ReadStream stream = ref _streams[index];
        ulong line = _lines.LineOf(endBlock);
        if (!isHit || stream.AheadEnd < line) stream.AheadEnd = line;
        int window = Math.Min(stream.WindowLines, linesMax);
        while (IsExpected(stream.AheadEnd) && stream.AheadEnd - line < (uint)window) stream.AheadEnd++;
        int count = stream.AheadEnd - line < (uint)window ? CountMissing(stream.AheadEnd, window) : 0;
        if (count == 0 || IsBusy || !TryBeginAhead(stream.AheadEnd, count)) return;
        stream.AheadEnd += (uint)count;
        stream.WindowLines = Math.Min(2 * stream.WindowLines, _windowLinesMax);
    }

    private bool TryBeginAhead(ulong line, int count)
    {
        try
        {
            BeginRun(line, count, isStream: true);
            return true;
        }
        catch (BootFailure)
        {
            Calm();
            return false;
        }
    }

    private void BeginRun(ulong line, int count, bool isStream)
    {
        int slot = _lines.TakeSlots(count, isStream);
        if (_stopRuns.IsCancellationRequested) _stopRuns = new CancellationTokenSource();
        ValueTask read = _inner.ReadAsync(
            _lines.FirstBlock(line), _lines.MemoryOf(slot, line, count), _stopRuns.Token);
        _runs.Add(new ReadRun(line, count, slot, read));
    }

    /// <summary>Waits for the run that was asked for first, and gives all up when the caller is cancelled. Returns why
    /// it failed; null: it has arrived.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<BootFailure?> EndRunAsync(CancellationToken stop)
    {
        _waiter = stop;
        BootFailure? why = null;
        try
        {
            await _runs.First.Read;
            Arrive(_runs.Take());
        }
        catch (Exception failure) when (failure is BootFailure or OperationCanceledException)
        {
            _runs.Take();
            Calm();
            why = failure as BootFailure;
        }
        finally
        {
            _waiter = default;
        }
        stop.ThrowIfCancellationRequested();
        return why;
    }

    /// <summary>Takes what the first run, which is complete, brought.</summary>
    private void TakeOver()
    {
        ReadRun run = _runs.Take();
        try
        {
            run.Read.GetAwaiter().GetResult();
            Arrive(run);
        }
        catch (Exception failure) when (failure is BootFailure or OperationCanceledException)
        {
            Calm();
        }
    }

    private void Arrive(in ReadRun run) => _lines.Map(run.Slot, run.Line, run.Count);

    private void Calm()
    {
        _streams.Clear();
        _calmRequests = CalmRequests;
    }

    private bool IsExpected(ulong line) => _lines.Has(line) || _runs.Has(line);

    /// <summary>How much of the blocks from <paramref name="block"/> on is here or on its way.</summary>
    private int CountExpectedBytes(ulong block, int bytesMax)
    {
        ulong line = _lines.LineOf(block), end = EndOf(block, bytesMax);
        while (_lines.FirstBlock(line) < end && IsExpected(line)) line++;
        ulong behind = Math.Min(end, Math.Max(block, _lines.FirstBlock(line)));
        return (int)(behind - block) * _geometry.BlockBytes;
    }

    private int CountMissing(ulong line, int max)
    {
        int count = 0;
        max = _lines.CountMissing(line, Math.Min(max, _lines.RunLinesMax));
        while (count < max && !_runs.Has(line + (uint)count)) count++;
        return count;
    }

    private bool IsExactly(in ReadRun run, ulong block, int countBytes) =>
        _lines.FirstBlock(run.Line) == block && _lines.MemoryOf(run.Slot, run.Line, run.Count).Length == countBytes;

    private ulong EndOf(ulong block, int countBytes) => block + (uint)(countBytes / _geometry.BlockBytes);

    private int LinesOf(int bytes) => Math.Min(Math.Max(1, bytes / _lines.LineBytes), _lines.RunLinesMax);

    private void CheckInside(ulong firstBlock, int countBytes)
    {
        Check.That(countBytes > 0 && countBytes % _geometry.BlockBytes == 0);
        Check.That(firstBlock < _geometry.BlockCount
            && (uint)(countBytes / _geometry.BlockBytes) <= _geometry.BlockCount - firstBlock);
    }
}
