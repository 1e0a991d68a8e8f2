using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Sim;

namespace Bootlace.Tests.San;

/// <summary>A byte stream straight to a <see cref="ModelIscsiConnection"/>: no network, but everything arrives in
/// pieces of a size that a test chooses, each in a turn of the pump of its own.</summary>
public sealed class ModelStream(ModelIscsiConnection connection, int pieceBytesMax) : IByteStream
{
    private readonly Queue<byte> _arrived = new();
    private TaskCompletionSource? _waits;

    public bool IsClosed { get; private set; }
    public bool IsAborted { get; private set; }

    /// <summary>How many bytes the target has sent.</summary>
    public int BytesArrived { get; private set; }

    /// <summary>Changes a byte on its way to us, given its number on the connection.</summary>
    public Func<int, byte, byte>? Damage { get; init; }

    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        await Task.Yield();
        while (_arrived.Count == 0 && !connection.IsClosed)
        {
            _waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
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

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        for (int at = 0; at < source.Length; at += pieceBytesMax)
            Take(connection.Feed(source.Span[at..Math.Min(source.Length, at + pieceBytesMax)]));
        return default;
    }

    public void Close() => IsClosed = true;

    public void Abort() => IsAborted = true;

    private void Take(byte[] bytes)
    {
        foreach (byte value in bytes) _arrived.Enqueue(Damage?.Invoke(BytesArrived++, value) ?? value);
        if (Damage is null) BytesArrived += bytes.Length;
        _waits?.TrySetResult();
    }
}
