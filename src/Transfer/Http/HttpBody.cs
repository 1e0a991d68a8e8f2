using System;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Moves the body of one response from its connection into its target, by length, by chunks (RFC 9112 section
/// 7.1) or until the server closes.</summary>
internal sealed class HttpBody(
    HttpConnection connection, IBodyTarget target, ITransferProgress progress, Pump pump, Watchdog watchdog)
{
    private const int PieceBytesMin = 4_096;
    private const int PieceBytesMax = 1 << 20;
    private static readonly Duration PieceFast = Duration.FromMilliseconds(50);
    private static readonly Duration PieceSlow = Duration.FromSeconds(1);

    private int _pieceBytes = PieceBytesMin;

    /// <summary>The whole length as far as known, for progress.</summary>
    public ulong? Total { get; init; }

    /// <summary>Receives exactly <paramref name="countBytes"/>.</summary>
    public async Task ReceiveLengthAsync(ulong countBytes)
    {
        while (countBytes > 0)
        {
            int count = await ReceivePieceAsync(countBytes);
            if (count == 0) throw Lost();
            countBytes -= (uint)count;
        }
    }

    /// <summary>Receives until the server closes.</summary>
    public async Task ReceiveUntilCloseAsync()
    {
        int count;
        do count = await ReceivePieceAsync(ulong.MaxValue);
        while (count > 0);
    }

    /// <summary>Receives chunks up to the last one and its trailer, which is skipped.</summary>
    public async Task ReceiveChunksAsync()
    {
        int consumed;
        ParseError error;
        while (true)
        {
            ulong size;
            while (!HttpChunk.TryReadHeader(connection.Buffered, out size, out consumed, out error))
                await ReadMoreAsync(error);
            connection.Consume(consumed);
            if (size == 0) break;
            await ReceiveLengthAsync(size);
            while (!HttpChunk.TryReadEnd(connection.Buffered, out consumed, out error)) await ReadMoreAsync(error);
            connection.Consume(consumed);
        }
        while (!HttpChunk.TryReadTrailer(connection.Buffered, out consumed, out error)) await ReadMoreAsync(error);
        connection.Consume(consumed);
    }

    /// <summary>Receives one piece, at most <paramref name="countBytesMax"/>. Pieces grow while they come fast; while
    /// they come slowly they shrink to whatever is there, so that progress shows and the watchdog does not take a slow
    /// server for a dead one. 0: the server has closed.</summary>
    private async ValueTask<int> ReceivePieceAsync(ulong countBytesMax)
    {
        Memory<byte> room = target.GetRoom();
        int length = (int)Math.Min(countBytesMax, (ulong)Math.Min(room.Length, _pieceBytes));
        Instant startedAt = pump.Now;
        int count = await connection.ReceiveAsync(room[..length], isWhole: _pieceBytes > PieceBytesMin, watchdog.Token);
        if (count == 0) return 0;
        target.Advance(count);
        watchdog.Feed();
        progress.Report(target.ReceivedBytes, Total);

        Duration taken = pump.Now - startedAt;
        if (taken < PieceFast && _pieceBytes < PieceBytesMax) _pieceBytes *= 2;
        else if (taken > PieceSlow && _pieceBytes > PieceBytesMin) _pieceBytes /= 2;
        return count;
    }

    private async ValueTask ReadMoreAsync(ParseError error)
    {
        if (error != ParseError.Incomplete || connection.IsBufferFull)
            throw new BootFailure(HttpFailure.Malformed, $"{connection.Host} sent a malformed chunk ({error})");
        if (!await connection.ReadMoreAsync(watchdog.Token)) throw Lost();
        watchdog.Feed();
    }

    private BootFailure Lost() => new(HttpFailure.ConnectionLost,
        $"{connection.Host} closed the connection after {target.ReceivedBytes} bytes, before the end");
}
