using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Tls;

/// <summary>Our end of a connection in memory, which may cut what arrives into pieces.</summary>
internal sealed class TestWire(DuplexStream end) : IByteStream
{
    private ReadOnlyMemory<byte> _held;

    /// <summary>The most that one read sees.</summary>
    public int PieceMax { get; set; } = int.MaxValue;

    /// <summary>Bytes that arrive before the end does.</summary>
    public int Arriving { get; set; } = int.MaxValue;

    /// <summary>Writes go nowhere.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Writes wait until they are cancelled.</summary>
    public bool IsBlocked { get; set; }

    public bool IsClosed { get; private set; }

    public bool IsAborted { get; private set; }

    public int Reads { get; private set; }

    /// <summary>Takes over all that has arrived, so that reading it allocates nothing.</summary>
    public void Hold()
    {
        var all = new MemoryStream();
        byte[] room = new byte[65536];
        for (ValueTask<int> read = end.ReadAsync(room); read.IsCompleted; read = end.ReadAsync(room))
            all.Write(room, 0, read.Result);
        _held = all.ToArray();
    }

    /// <summary>Ends only by being cancelled.</summary>
    public static async Task Never(CancellationToken stop)
    {
        var never = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(() => never.TrySetCanceled(stop));
        await never.Task;
    }

    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        if (IsClosed || IsAborted) throw new BootFailure(NetFailure.NotConnected);
        if (target.Length == 0) throw new ArgumentException("a read of nothing");
        Reads++;
        if (target.Length > PieceMax) target = target[..PieceMax];
        if (target.Length > Arriving) target = target[..Arriving];
        if (target.Length == 0) return default;
        if (_held.Length == 0) return ReadFarAsync(target, stop);
        int count = Math.Min(target.Length, _held.Length);
        _held[..count].CopyTo(target);
        _held = _held[count..];
        return new ValueTask<int>(count);
    }

    private async ValueTask<int> ReadFarAsync(Memory<byte> target, CancellationToken stop)
    {
        int count = await end.ReadAsync(target, stop);
        Arriving -= count;
        return count;
    }

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        if (IsClosed || IsAborted) throw new BootFailure(NetFailure.NotConnected);
        if (IsBlocked) return new ValueTask(Never(stop));
        if (!IsDeaf) end.Write(source.Span);
        return default;
    }

    public void Close()
    {
        IsClosed = true;
        end.Dispose();
    }

    public void Abort()
    {
        IsAborted = true;
        end.Dispose();
    }
}
