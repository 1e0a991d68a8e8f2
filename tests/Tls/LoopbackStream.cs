using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Tls;

/// <summary>A connection of this machine's own TCP, polled by a pump; see <see cref="Loopback"/>.</summary>
internal sealed class LoopbackStream(Socket socket, Action<LoopbackStream> forget) : IByteStream, IPolled
{
    private TaskCompletionSource? _reading, _writing;
    private bool _isOver;

    /// <summary>Only what happens on the socket wakes it.</summary>
    public Instant NextDeadline => Instant.Never;

    public bool Poll(Instant now) =>
        Wake(ref _reading, SelectMode.SelectRead) | Wake(ref _writing, SelectMode.SelectWrite);

    /// <summary>Adds the socket where somebody waits for it.</summary>
    public void AddWaits(List<Socket> readers, List<Socket> writers)
    {
        if (_reading is not null) readers.Add(socket);
        if (_writing is not null) writers.Add(socket);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        for (;;)
        {
            RequireOpen();
            int count = socket.Receive(target.Span, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success) return count;
            Require(error);
            await WaitAsync(_reading = NewWait(), stop);
        }
    }

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => throw new NotSupportedException();

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        while (source.Length > 0)
        {
            RequireOpen();
            int count = socket.Send(source.Span, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                source = source[count..];
                continue;
            }
            Require(error);
            await WaitAsync(_writing = NewWait(), stop);
        }
    }

    public void Close() => End(lingerSeconds: null);

    public void Abort() => End(lingerSeconds: 0);   // a reset

    private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task WaitAsync(TaskCompletionSource wait, CancellationToken stop)
    {
        using CancellationTokenRegistration registration = stop.Register(() => wait.TrySetCanceled(stop));
        await wait.Task;
    }

    private static void Require(SocketError error)
    {
        if (error != SocketError.WouldBlock) throw new BootFailure(NetFailure.ConnectionReset, $"{error}");
    }

    private void RequireOpen()
    {
        if (_isOver) throw new BootFailure(NetFailure.NotConnected);
    }

    private bool Wake(ref TaskCompletionSource? wait, SelectMode mode)
    {
        if (wait is null || (!wait.Task.IsCompleted && !socket.Poll(0, mode))) return false;
        wait.TrySetResult();
        wait = null;
        return true;
    }

    private void End(int? lingerSeconds)
    {
        if (_isOver) return;
        _isOver = true;
        forget(this);
        if (lingerSeconds is { } seconds) socket.LingerState = new LingerOption(true, seconds);
        socket.Dispose();
        _reading?.TrySetException(new BootFailure(NetFailure.NotConnected));
        _writing?.TrySetException(new BootFailure(NetFailure.NotConnected));
    }
}
