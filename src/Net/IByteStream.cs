using System;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Net;

/// <summary>An ordered, reliable stream of bytes in both directions: a TCP connection, or TLS over one. At most one
/// read and one write are under way at a time. Failures of the peer are BootFailures, cancellation an
/// OperationCanceledException.
/// </summary>
public interface IByteStream
{
    /// <summary>Reads at least one byte and as many as are there; 0 when the peer has closed its half in good
    /// order.</summary>
    ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop);

    /// <summary>Reads until <paramref name="target"/> is full or the peer has closed its half; returns the bytes read.
    /// Bytes go from the frame straight into the target, so bodies are read this way in large pieces (1 MiB and more).
    /// If the stream fails on the way, the bytes that did arrive are returned and the next call throws, so that a
    /// transfer can be resumed behind them.</summary>
    ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop);

    /// <summary>Queues all of <paramref name="source"/> for sending; completes when the stream holds it.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop);

    /// <summary>Closes our half in good order and lets the stream finish by itself; never waits.</summary>
    void Close();

    /// <summary>Drops the connection at once.</summary>
    void Abort();
}
