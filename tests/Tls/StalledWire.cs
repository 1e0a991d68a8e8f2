using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Tests.Tls;

/// <summary>A server that takes everything and says nothing, or very slowly begins a record.</summary>
/// <param name="pump">Time.</param>
/// <param name="pause">Before each byte; null: none ever comes.</param>
internal sealed class StalledWire(Pump pump, Duration? pause) : IByteStream
{
    private static readonly byte[] s_head = [0x16, 3, 3, 0x40, 0, 2, 0, 0x3f];
    private int _sent;

    public bool IsAborted { get; private set; }

    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        await pump.Delay(pause ?? Duration.FromSeconds(100_000), stop);
        target.Span[0] = _sent < s_head.Length ? s_head[_sent] : (byte)0;
        _sent++;
        return 1;
    }

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop) => default;

    public void Close()
    {
    }

    public void Abort() => IsAborted = true;
}
