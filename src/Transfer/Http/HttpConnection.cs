using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>A byte stream to one server with a small look-ahead for heads and chunk lines; bodies pass it by.</summary>
internal sealed class HttpConnection(IByteStream stream, string host, ushort port)
{
    /// <summary>Longest response head, and longest chunk line or trailer, in bytes.</summary>
    public const int BufferBytes = HttpHead.BytesMax;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    public string Host { get; } = host;
    public ushort Port { get; } = port;

    /// <summary>Its connector's when it was opened.</summary>
    public int Generation { get; init; }

    /// <summary>Has carried a response before: the server may have closed it meanwhile.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Received and not yet taken.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    public int BufferedBytes => _end - _start;

    public bool IsBufferFull => BufferedBytes == BufferBytes;

    public void Consume(int countBytes)
    {
        Check.That(countBytes <= BufferedBytes);
        _start += countBytes;
        if (_start == _end) _start = _end = 0;
    }

    /// <summary>Waits for more in the buffer, which must not be full; false when the server has closed.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadMoreAsync(CancellationToken stop)
    {
        Check.That(!IsBufferFull);
        if (_start > 0)
        {
            Buffered.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        int count = await stream.ReadAsync(_buffer.AsMemory(_end), stop);
        _end += count;
        return count > 0;
    }

    /// <summary>Receives body bytes straight into <paramref name="target"/>: what is buffered first, then, as
    /// <paramref name="isWhole"/> says, until it is full or whatever is there. 0 when the server has closed.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> target, bool isWhole, CancellationToken stop)
    {
        if (BufferedBytes == 0) return isWhole ? stream.FillAsync(target, stop) : stream.ReadAsync(target, stop);
        int count = Math.Min(BufferedBytes, target.Length);
        Buffered[..count].CopyTo(target.Span);
        Consume(count);
        return new ValueTask<int>(count);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop) => stream.WriteAsync(source, stop);

    public void Close() => stream.Close();

    public void Abort() => stream.Abort();
}
