using System;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects the stream above a session: bytes both ways however records are cut, the end and the false end,
/// cancellation, and that a record costs no memory.</summary>
[Collection(NativeTests.Name)]
public class TlsStreamTests
{
    private const int Large = 3 * 1024 * 1024, Rounds = 4;

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task MuchGoesBothWays(SslProtocols version)
    {
        using var server = new TlsServer(version);
        TlsStream stream = await server.ConnectAsync();
        Assert.Equal(version == SslProtocols.Tls13 ? TlsVersion.Tls13 : TlsVersion.Tls12, stream.Version);
        Assert.Equal("http/1.1", stream.Protocol);
        Assert.Equal("http/1.1", server.Peer.NegotiatedApplicationProtocol.ToString());
        Assert.Equal(TlsServer.Host, server.Peer.TargetHostName);
        Assert.Contains("AES", stream.Suite, StringComparison.Ordinal);

        byte[] there = RandomNumberGenerator.GetBytes(Large), back = RandomNumberGenerator.GetBytes(Large);
        byte[] arrived = new byte[Large], came = new byte[Large];
        await stream.WriteAsync(there, CancellationToken.None);
        await server.Peer.ReadExactlyAsync(arrived);
        Assert.Equal(there, arrived);
        await server.Peer.WriteAsync(back);
        Assert.Equal(Large, await stream.FillAsync(came, CancellationToken.None));
        Assert.Equal(back, came);
        stream.Close();
        Assert.Equal(0, await server.Peer.ReadAsync(arrived));
        Assert.True(server.Wire.IsClosed);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, 1)]
    [InlineData(SslProtocols.Tls13, 1)]
    [InlineData(SslProtocols.Tls12, 5)]
    [InlineData(SslProtocols.Tls13, 7)]
    public async Task L2_RecordsMayBeCutAnywhereAndBeOfAnySize(SslProtocols version, int pieceMax)
    {
        using var server = new TlsServer(version);
        TlsStream stream = await server.ConnectAsync(pieceMax);
        byte[] sent = RandomNumberGenerator.GetBytes(60 * 61 / 2 + 20_000), got = new byte[sent.Length + 1];
        int at = 0;
        for (int size = 1; size <= 60; at += size++) await server.Peer.WriteAsync(sent.AsMemory(at, size));
        await server.Peer.WriteAsync(sent.AsMemory(at));
        await server.Peer.ShutdownAsync();
        int done = 0, count;
        while ((count = await stream.ReadAsync(got.AsMemory(done, Math.Min(7, got.Length - done)), default)) > 0)
            done += count;
        Assert.Equal(sent, got[..done]);
        Assert.True(server.Wire.Reads > sent.Length / pieceMax);
        stream.Close();
    }

    [Fact]
    public async Task AReadMayWaitWhileAWriteGoesOut()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        TlsStream stream = await server.ConnectAsync();
        byte[] target = new byte[4];
        Task<int> reading = stream.FillAsync(target, CancellationToken.None).AsTask();
        Assert.False(reading.IsCompleted);
        await stream.WriteAsync("ping"u8.ToArray(), CancellationToken.None);
        byte[] heard = new byte[4];
        await server.Peer.ReadExactlyAsync(heard);
        Assert.Equal("ping"u8.ToArray(), heard);
        await server.Peer.WriteAsync("pong"u8.ToArray());
        Assert.Equal(4, await reading);
        Assert.Equal("pong"u8.ToArray(), target);
        stream.Close();
    }

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task AnEndThatTheServerSaysIsOne(SslProtocols version)
    {
        using var server = new TlsServer(version);
        TlsStream stream = await server.ConnectAsync();
        await server.Peer.WriteAsync("bye"u8.ToArray());
        await server.Peer.ShutdownAsync();
        byte[] target = new byte[10];
        Assert.Equal(3, await stream.FillAsync(target, CancellationToken.None));
        Assert.Equal(0, await stream.ReadAsync(target, CancellationToken.None));
        Assert.Equal(0, await stream.FillAsync(target, CancellationToken.None));
        stream.Close();
    }

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task L10_AnEndWithoutCloseNotifyIsAFailureForWhoeverReadsOn(SslProtocols version)
    {
        using var server = new TlsServer(version);
        foreach (bool asksForMore in new[] { false, true })
        {
            TlsStream stream = await server.ConnectAsync();
            await server.Peer.WriteAsync("body"u8.ToArray());
            server.Far.Dispose();
            byte[] target = new byte[asksForMore ? 10 : 4];
            Assert.Equal(4, await stream.FillAsync(target, CancellationToken.None));   // all that did arrive
            if (asksForMore)
            {
                Assert.Same(TlsFailure.Truncated, await FailureOfRead(stream));
                Assert.Same(TlsFailure.Truncated, await FailureOfRead(stream));
            }
            stream.Close();
            Assert.Same(asksForMore ? TlsFailure.Truncated : NetFailure.NotConnected, await FailureOfRead(stream));
        }
    }

    [Fact]
    public async Task ARecordThatWasChangedOnItsWayEndsTheStream()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        TlsStream stream = await server.ConnectAsync();
        server.Far.Write([0x17, 3, 3, 0, 32, .. new byte[32]]);
        Assert.Same(TlsFailure.BadRecord, await FailureOfRead(stream));
        Assert.True(server.Wire.IsClosed);
        BootFailure failure = await Assert.ThrowsAsync<BootFailure>(
            () => stream.WriteAsync(new byte[1], CancellationToken.None).AsTask());
        Assert.Same(TlsFailure.BadRecord, failure.Kind);
    }

    [Fact]
    public async Task ACancelledReadLosesNothingAndACancelledWriteDropsTheConnection()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        TlsStream stream = await server.ConnectAsync();
        byte[] target = new byte[4];
        using (var stop = new CancellationTokenSource())
        {
            Task<int> reading = stream.ReadAsync(target, stop.Token).AsTask();
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }
        await server.Peer.WriteAsync("here"u8.ToArray());
        Assert.Equal(4, await stream.FillAsync(target, CancellationToken.None));
        Assert.Equal("here"u8.ToArray(), target);

        server.Wire.IsBlocked = true;
        using (var stop = new CancellationTokenSource())
        {
            Task writing = stream.WriteAsync(new byte[100], stop.Token).AsTask();
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        }
        Assert.True(server.Wire.IsAborted);
        Assert.Same(NetFailure.NotConnected, await FailureOfRead(stream));
    }

    [Fact]
    public async Task AGoodbyeThatNobodyTakesIsGivenUp()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        (await server.ConnectAsync()).Abort();   // what the library keeps for good is there now
        int before = TestPlatform.UsedBytes;
        TlsStream stream = await server.ConnectAsync();
        server.Wire.IsBlocked = true;
        stream.Close();
        server.Pump.Run(() => server.Pump.Delay(Duration.FromSeconds(4), default));
        Assert.False(server.Wire.IsClosed || server.Wire.IsAborted);
        Assert.NotEqual(before, TestPlatform.UsedBytes);
        server.Pump.Run(() => server.Pump.Delay(Duration.FromSeconds(2), default));
        Assert.True(server.Wire.IsAborted);
        Assert.Equal(before, TestPlatform.UsedBytes);
    }

    [Fact]
    public async Task ADroppedConnectionSaysNoGoodbye()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        TlsStream stream = await server.ConnectAsync();
        stream.Abort();
        Assert.True(server.Wire.IsAborted && !server.Wire.IsClosed);
        stream = await server.ConnectAsync();
        stream.Close();
        stream.Abort();
        Assert.True(server.Wire.IsAborted && server.Wire.IsClosed);
    }

    [Fact]
    public async Task ARecordCostsNoMemory()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        TlsStream stream = await server.ConnectAsync();
        byte[] target = new byte[Large];
        await server.Peer.WriteAsync(target);
        server.Wire.Hold();
        Memory<byte> part = target.AsMemory(0, Large / Rounds);
        Assert.InRange(LeastCost(() => stream.FillAsync(part, default)), 0, 1000);

        server.Wire.IsDeaf = true;
        Assert.InRange(LeastCost(() => WriteAsync(stream, target)), 0, 1000);
        stream.Abort();

        // The least: a collection that another test sets off, or a method used for the first time, counts as well.
        static long LeastCost(Func<ValueTask<int>> work)
        {
            long least = long.MaxValue;
            for (int i = 0; i < Rounds; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                ValueTask<int> result = work();
                long cost = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(result.IsCompletedSuccessfully);
                Assert.InRange(result.Result, Large / Rounds, Large);
                least = Math.Min(least, cost);
            }
            return least;
        }

        static async ValueTask<int> WriteAsync(TlsStream stream, byte[] bytes)
        {
            await stream.WriteAsync(bytes, CancellationToken.None);
            return bytes.Length;
        }
    }

    private static async Task<FailureKind> FailureOfRead(TlsStream stream)
    {
        byte[] target = new byte[1];
        return (await Assert.ThrowsAsync<BootFailure>(() => stream.ReadAsync(target, default).AsTask())).Kind;
    }
}
