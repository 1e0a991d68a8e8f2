using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Tests.San;

/// <summary>A byte stream whose incoming side is written down beforehand and arrives in pieces of one size; then the
/// peer has closed. What is sent is kept.</summary>
internal sealed class ScriptedStream(byte[] incoming, int pieceBytesMax = int.MaxValue) : IByteStream
{
    private int _at;

    public List<byte> Sent { get; } = [];
    public int BytesLeft => incoming.Length - _at;

    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        int count = Math.Min(Math.Min(target.Length, incoming.Length - _at), pieceBytesMax);
        incoming.AsMemory(_at, count).CopyTo(target);
        _at += count;
        return new ValueTask<int>(count);
    }

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => ReadAsync(target, stop);

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        Sent.AddRange(source.Span);
        return default;
    }

    public void Close() { }

    public void Abort() { }
}
