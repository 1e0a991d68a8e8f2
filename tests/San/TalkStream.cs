using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Sim;
using Bootlace.Wire;

namespace Bootlace.Tests.San;

/// <summary>A byte stream to a <see cref="ModelIscsiConnection"/> that can be cut, reset and stopped. Everything
/// arrives in pieces of a size that a test chooses.</summary>
internal sealed class TalkStream(ModelIscsiConnection connection, int pieceBytesMax) : IByteStream
{
    private readonly Queue<byte> _arrived = new();
    private TaskCompletionSource _waits = New();
    private BootFailure? _failure;

    public ModelIscsiConnection Connection => connection;

    public bool IsClosed { get; private set; }

    public bool IsAborted { get; private set; }

    /// <summary>The cable is out: nothing gets through in either direction, and nobody is told.</summary>
    public bool IsCut { get; set; }

    /// <summary>The stream takes no more: the target's receive window is closed.</summary>
    public bool IsFull { get; set; }

    /// <summary>Where the target would complain of us it resets the connection: it may itself be to blame.</summary>
    public bool IsTolerant { get; init; }

    /// <summary>How many bytes the target has sent.</summary>
    public int BytesArrived { get; private set; }

    /// <summary>Changes what is on its way to us.</summary>
    public Func<byte[], byte[]> Twist { get; set; } = bytes => bytes;

    /// <summary>The target resets the connection.</summary>
    public void Reset() => End(new BootFailure(NetFailure.ConnectionReset));

    /// <summary>Brings what the target says by itself.</summary>
    public void Deliver(Instant now)
    {
        if (IsCut || _failure is not null) return;
        connection.Poll(now);
        Take(connection.TakeOutgoing());
    }

    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        await Task.Yield();
        while (_arrived.Count == 0)
        {
            if (_failure is not null) throw _failure;
            if (connection.IsClosed && !IsCut) return 0;
            _waits = New();
            using CancellationTokenRegistration registration = stop.Register(() => _waits.TrySetCanceled(stop));
            await _waits.Task;
        }
        int count = Math.Min(Math.Min(_arrived.Count, target.Length), pieceBytesMax);
        for (int i = 0; i < count; i++) target.Span[i] = _arrived.Dequeue();
        return count;
    }

    public async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop)
    {
        int filled = 0;
        while (filled < target.Length)
        {
            int count = await ReadAsync(target[filled..], stop);
            if (count == 0) break;
            filled += count;
        }
        return filled;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (_failure is not null) throw _failure;
        while (IsFull && _failure is null)
        {
            _waits = New();
            await _waits.Task;
        }
        if (_failure is not null) throw _failure;
        for (int at = 0; at < source.Length && !IsCut && _failure is null; at += pieceBytesMax)
            Feed(source.Span[at..Math.Min(source.Length, at + pieceBytesMax)]);
    }

    public void Close()
    {
        IsClosed = true;
        End(new BootFailure(NetFailure.NotConnected));
    }

    public void Abort()
    {
        IsAborted = true;
        End(new BootFailure(NetFailure.NotConnected));
    }

    private void Feed(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Take(connection.Feed(bytes));
        }
        catch (InvalidOperationException) when (IsTolerant)
        {
            Reset();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void End(BootFailure failure)
    {
        _failure ??= failure;
        _arrived.Clear();
        _waits.TrySetResult();
    }

    private void Take(byte[] bytes)
    {
        if (bytes.Length == 0 && !connection.IsClosed) return;
        foreach (byte value in Twist(bytes)) _arrived.Enqueue(value);
        BytesArrived += bytes.Length;
        _waits.TrySetResult();
    }
}
