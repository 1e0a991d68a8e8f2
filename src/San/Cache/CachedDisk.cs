using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk in front of a slow one: what was read is kept in bounded memory, and what is read in order is asked
/// for ahead, so that the slow disk works while the caller does. Writes go through.</summary>
/// <remarks>The disk behind does one request at a time, so a read-ahead that is under way ends before anything else is
/// asked. It is begun when a request ends and goes on whenever the Pump turns. Large requests go straight into the
/// caller's memory. A read-ahead that fails is forgotten: whoever needs the blocks asks again and gets the failure that
/// is true then.</remarks>
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
    private readonly int _windowLinesMax;
    private CancellationTokenSource _stopAhead = new();
    private CancellationToken _waiter;
    private ValueTask _ahead;
    private ulong _aheadLine;
    private int _aheadCount, _aheadSlot;
    private bool _isAhead, _isDirty, _isClosed;
    private int _calmRequests;

    /// <summary>A cache of <paramref name="pages"/> (8 blocks at least, 8 to 16 MiB for good service) before
    /// <paramref name="inner"/>, which is its own from now on.</summary>
    public CachedDisk(Pump pump, IBlockDevice inner, Memory<byte> pages)
    {
        _pump = pump;
        _inner = inner;
        _geometry = inner.Geometry;
        _lines = new CacheLines(pages, _geometry);
        _windowLinesMax = Math.Min(Math.Max(1, WindowBytesMax / _lines.LineBytes), _lines.RunLinesMax);
        pump.Add(this);
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry => _geometry;

    /// <inheritdoc/>
    public Instant NextDeadline => Instant.Never;

    /// <summary>Lets a caller that waits for a read-ahead cancel it.</summary>
    public bool Poll(Instant now)
    {
        if (!_waiter.IsCancellationRequested) return false;
        _waiter = default;
        _stopAhead.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        CheckInside(firstBlock, target.Length);
        if (_isAhead && _ahead.IsCompleted) TakeOver();
        int done = _lines.Copy(firstBlock, target.Span);
        if (done < target.Length) return ReadRestAsync(firstBlock, target, done, stop);
        ReadAhead(firstBlock, target.Length, isHit: true);
        return default;
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        CheckInside(firstBlock, source.Length);
        if (_isAhead) await EndAheadAsync(stop);
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
        if (_isAhead) await EndAheadAsync(stop);
        await _inner.FlushAsync(stop);
        _isDirty = false;
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        _stopAhead.Cancel();
        if (_isAhead) await EndAheadAsync(CancellationToken.None);
        _pump.Remove(this);
        await _inner.CloseAsync();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadRestAsync(ulong firstBlock, Memory<byte> target, int done, CancellationToken stop)
    {
        while (done < target.Length)
        {
            ulong block = firstBlock + (uint)(done / _geometry.BlockBytes);
            if (_isAhead) await EndAheadAsync(stop);
            else if (target.Length - done >= BypassBytes) done += await ReadStraightAsync(block, target[done..], stop);
            else if (!await FetchAsync(block, target.Length - done, stop))
                done += await ReadStraightAsync(block, target[done..], stop);
            block = firstBlock + (uint)(done / _geometry.BlockBytes);
            done += _lines.Copy(block, target.Span[done..]);
        }
        ReadAhead(firstBlock, target.Length, isHit: false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadStraightAsync(ulong block, Memory<byte> target, CancellationToken stop)
    {
        await _inner.ReadAsync(block, target, stop);
        return target.Length;
    }

    /// <summary>Reads the lines that hold the blocks, as far as they are missing and fit into one run. False if they
    /// could not be read, which may be the fault of blocks nobody asked for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FetchAsync(ulong block, int countBytes, CancellationToken stop)
    {
        ulong line = _lines.LineOf(block);
        ulong last = _lines.LineOf(block + (uint)(countBytes / _geometry.BlockBytes) - 1);
        int count = _lines.CountMissing(line, (int)Math.Min(last - line + 1, (ulong)_lines.RunLinesMax));
        int slot = _lines.TakeSlots(count, isStream: count > TableReadLinesMax);
        Memory<byte> memory = _lines.MemoryOf(slot, line, count);
        try
        {
            await _inner.ReadAsync(_lines.FirstBlock(line), memory, stop);
        }
        catch (BootFailure) when (memory.Length != countBytes)
        {
            return false;
        }
        _lines.Map(slot, line, count);
        return true;
    }

    /// <summary>Notes what was read and, if it is part of a stream, asks for what comes next.</summary>
    private void ReadAhead(ulong firstBlock, int countBytes, bool isHit)
    {
        ulong end = firstBlock + (uint)(countBytes / _geometry.BlockBytes);
        bool isInOrder = _streams.Note(firstBlock, end, out int index);
        if (_calmRequests > 0) _calmRequests--;
        if (!isInOrder || _isAhead || _calmRequests > 0 || _isClosed || end == _geometry.BlockCount) return;
        ref ReadStream stream = ref _streams[index];
        ulong line = _lines.LineOf(end);
        if (!isHit || stream.AheadEnd < line) stream.AheadEnd = line;
        int linesRead = countBytes / _lines.LineBytes;
        stream.WindowLines =
            Math.Min(Math.Max(stream.WindowLines, Math.Max(FirstWindowLines, linesRead)), _windowLinesMax);
        if (stream.AheadEnd - line >= (uint)stream.WindowLines) return;
        while (_lines.Has(stream.AheadEnd) && stream.AheadEnd - line < (uint)stream.WindowLines) stream.AheadEnd++;
        int count = _lines.CountMissing(stream.AheadEnd, stream.WindowLines);
        if (count == 0) return;
        BeginAhead(stream.AheadEnd, count);
        stream.AheadEnd += (uint)count;
        stream.WindowLines *= 2;
    }

    private void BeginAhead(ulong line, int count)
    {
        _aheadLine = line;
        _aheadCount = count;
        _aheadSlot = _lines.TakeSlots(count, isStream: true);
        if (_stopAhead.IsCancellationRequested) _stopAhead = new CancellationTokenSource();
        try
        {
            _ahead = _inner.ReadAsync(
                _lines.FirstBlock(line), _lines.MemoryOf(_aheadSlot, line, count), _stopAhead.Token);
            _isAhead = true;
        }
        catch (BootFailure)
        {
            Calm();
        }
    }

    /// <summary>Waits for the read-ahead that is under way, and gives it up when the caller is cancelled.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask EndAheadAsync(CancellationToken stop)
    {
        _waiter = stop;
        try
        {
            await _ahead;
            Arrive();
        }
        catch (Exception failure) when (failure is BootFailure or OperationCanceledException)
        {
            Calm();
        }
        finally
        {
            _isAhead = false;
            _ahead = default;
            _waiter = default;
        }
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Takes what a completed read-ahead brought.</summary>
    private void TakeOver()
    {
        ValueTask ahead = _ahead;
        _isAhead = false;
        _ahead = default;
        try
        {
            ahead.GetAwaiter().GetResult();
            Arrive();
        }
        catch (Exception failure) when (failure is BootFailure or OperationCanceledException)
        {
            Calm();
        }
    }

    private void Arrive() => _lines.Map(_aheadSlot, _aheadLine, _aheadCount);

    private void Calm()
    {
        _streams.Clear();
        _calmRequests = CalmRequests;
    }

    private void CheckInside(ulong firstBlock, int countBytes)
    {
        Check.That(countBytes > 0 && countBytes % _geometry.BlockBytes == 0);
        Check.That(firstBlock < _geometry.BlockCount
            && (uint)(countBytes / _geometry.BlockBytes) <= _geometry.BlockCount - firstBlock);
    }
}
