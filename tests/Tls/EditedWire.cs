using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Tests.Tls;

/// <summary>Somebody between us and a server, who may change, keep or cut what either says.</summary>
/// <param name="inner">The connection to the server.</param>
internal sealed class EditedWire(IByteStream inner) : IByteStream
{
    /// <summary>Changes what we send, a call of the writer at a time.</summary>
    public Func<byte[], byte[]> Sent { get; init; } = bytes => bytes;

    /// <summary>Changes what we receive, as it comes; never into nothing.</summary>
    public Func<byte[], byte[]> Received { get; init; } = bytes => bytes;

    /// <summary>After so many bytes of the server the connection ends.</summary>
    public int ReceivedMax { get; init; } = int.MaxValue;

    /// <summary>After so many bytes of the server nothing more comes.</summary>
    public int SilentAfter { get; init; } = int.MaxValue;

    private readonly Queue<byte> _waiting = new();
    private int _received;

    public async ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        if (_received >= SilentAfter) await TestWire.Never(stop);
        if (_waiting.Count == 0)
        {
            byte[] room = new byte[target.Length];
            int read = await inner.ReadAsync(room, stop);
            if (read == 0) return 0;
            foreach (byte one in Received(room[..read])) _waiting.Enqueue(one);
        }
        int count = 0;
        while (count < target.Length && _waiting.Count > 0 && _received < Math.Min(ReceivedMax, SilentAfter))
        {
            target.Span[count++] = _waiting.Dequeue();
            _received++;
        }
        return count;
    }

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => throw new NotSupportedException();

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop) =>
        inner.WriteAsync(Sent(source.ToArray()), stop);

    public void Close() => inner.Close();

    public void Abort() => inner.Abort();
}
