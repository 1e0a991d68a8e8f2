using System;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Bootlace.Tests.Support;

/// <summary>One end of a connection in memory, for .NET's own protocols to talk over; never waits on writing.</summary>
public sealed class DuplexStream : Stream
{
    private readonly ChannelReader<byte[]> _from;
    private readonly ChannelWriter<byte[]> _to;
    private ReadOnlyMemory<byte> _rest;

    private DuplexStream(ChannelReader<byte[]> from, ChannelWriter<byte[]> to) => (_from, _to) = (from, to);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The two ends.</summary>
    public static (DuplexStream One, DuplexStream Other) CreatePair()
    {
        Channel<byte[]> there = Channel.CreateUnbounded<byte[]>(), back = Channel.CreateUnbounded<byte[]>();
        return (new DuplexStream(back.Reader, there.Writer), new DuplexStream(there.Reader, back.Writer));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken stop = default)
    {
        while (_rest.Length == 0)
        {
            if (!await _from.WaitToReadAsync(stop))
                return 0;
            if (_from.TryRead(out byte[]? next))
                _rest = next;
        }

        int count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken stop = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > 0)
            _to.TryWrite(buffer.ToArray());
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing) => _to.TryComplete();
}
