using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the cache in front of a disk: it never gives stale bytes, asks rarely, asks ahead, and its own
/// failures are nobody else's.</summary>
public class CachedDiskTests
{
    private const int BlockBytes = 512;
    private const int DiskBlocks = 64 * 1024;   // 32 MiB

    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private readonly ModelDisk _model;
    private readonly CachedDisk _disk;

    public CachedDiskTests()
    {
        _pump = new Pump(_clock);
        _model = new ModelDisk(_pump, BlockBytes, DiskBlocks);
        _disk = new CachedDisk(_pump, _model, new byte[8 << 20]);
    }

    [Fact]
    public void UbootsHundredReadsOfThePartitionTableCostAFew()
    {
        Read(0, 1);
        for (int slot = 0; slot < 128; slot++)
        {
            Read(1, 1);
            Read(2, 32);
        }
        Read(DiskBlocks - 1, 1);
        Read(DiskBlocks - 33, 32);
        Assert.InRange(_model.Reads, 1, 4);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(128)]
    public void AFileReadInOrderIsAskedForInLargePieces(int blocks)
    {
        for (int block = 0; block < DiskBlocks; block += blocks) Read(block, blocks);
        int ideal = DiskBlocks * BlockBytes / (512 * 1024);
        Assert.InRange(_model.Reads, ideal, ideal + 12);
    }

    [Fact]
    public void LargeRequestsGoStraightIntoTheCallersMemoryAndCostOneReadEach()
    {
        for (int block = 0; block < DiskBlocks; block += 4096) Read(block, 4096);   // 2 MiB
        int requests = DiskBlocks / 4096;
        Assert.InRange(_model.Reads, requests, 2 * requests);
        Assert.Contains(_model.Requests, request => request.Count >= 3072);
    }

    [Fact]
    public void TwoFilesAndTheTablesBetweenThemAreAllReadAhead()
    {
        for (int i = 0; i < 8 * 1024; i += 64)
        {
            Read(1000 + i, 64);
            Read(32_000 + i, 64);
            Read(100 + i / 128, 1);
        }
        int ideal = 2 * 8 * 1024 * BlockBytes / (512 * 1024);
        Assert.InRange(_model.Reads, ideal, ideal + 24);
    }

    [Fact]
    public void TheTablesSurviveALargeFile()
    {
        Read(100, 1);
        Read(50_000, 8);
        for (int block = 1024; block < 48_000; block += 64) Read(block, 64);
        int reads = _model.Reads;
        Read(100, 1);
        Read(50_000, 8);
        Assert.Equal(reads, _model.Reads);
    }

    [Fact]
    public void ReadsHereAndThereAreNotReadAhead()
    {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) Read(random.Next(DiskBlocks - 8), 8);
        Assert.All(_model.Requests, request => Assert.InRange(request.Count, 1, 128));
        Assert.InRange(_model.Reads, 1, 215);
    }

    [Fact]
    public void TheNextPieceIsAskedForBeforeTheCallerComesBack()
    {
        for (int i = 0; i < 8; i++) Read(i * 64, 64);
        Assert.True(_model.IsBusy);
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(5), CancellationToken.None));
        Instant before = _clock.Now;
        Read(8 * 64, 64);
        Assert.Equal(before, _clock.Now);   // it was there already
    }

    [Fact]
    public void NothingIsAskedForBehindTheEnd()
    {
        Read(DiskBlocks - 96, 32);
        Read(DiskBlocks - 64, 32);
        Read(DiskBlocks - 32, 32);
        Read(DiskBlocks - 1, 1);
        Assert.InRange(_model.Reads, 1, 3);
    }

    [Fact]
    public void AReadAheadThatFailsIsNotTheCallersFailure()
    {
        _model.Fault = (_, first, count) => first + (ulong)count > 1024 ? Lost() : null;
        for (int i = 0; i < 1024; i += 16) Read(i, 16);
        BootFailure failure = Assert.Throws<BootFailure>(() => Read(1024, 16));
        Assert.Equal(SanFailure.BadRootPath, failure.Kind);
        _model.Fault = (_, _, _) => null;
        for (int i = 1024; i < 4096; i += 16) Read(i, 16);
    }

    [Fact]
    public void ABadBlockNextToTheOnesAskedForDoesNoHarm()
    {
        _model.Fault = (_, first, count) => first <= 70 && 70 < first + (ulong)count ? Lost() : null;
        Read(64, 4);
        Read(72, 4);
        Assert.Throws<BootFailure>(() => Read(68, 4));
    }

    [Fact]
    public void ACancelledCallerGivesUpTheReadAheadItWaitsFor()
    {
        for (int i = 0; i < 8; i++) Read(i * 64, 64);
        _model.Delay = () => Duration.FromSeconds(1000);
        var target = new byte[512 * 1024];
        while (!_model.IsBusy || _model.Requests[^1].Count < 64) Read(0, 1);
        using var stop = new CancellationTokenSource();
        _pump.Schedule(Duration.FromMilliseconds(3), stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            using (_pump.Enter()) _pump.RunUntil(_disk.ReadAsync(40_000, target, stop.Token));
        });
        _model.Delay = () => Duration.FromMilliseconds(1);
        Read(40_000, 64);
    }

    [Fact]
    public void AWriteIsOnTheDiskAndInTheCacheAndAFlushFollowsOnlyWrites()
    {
        Read(64, 64);
        Flush();
        Assert.DoesNotContain(_model.Requests, request => request.Kind == 'f');
        Write(70, 2, 0x5a);
        Assert.Equal(0x5a, _model.Content[70 * BlockBytes]);
        int reads = _model.Reads;
        Read(64, 64);
        Assert.Equal(reads, _model.Reads);
        Flush();
        Flush();
        Assert.Single(_model.Requests, request => request.Kind == 'f');
    }

    [Fact]
    public void AfterAFailedWriteTheDiskIsAskedWhatItHas()
    {
        Read(64, 64);
        _model.Fault = (kind, _, _) => kind == 'w' ? Lost() : null;
        Assert.Throws<BootFailure>(() => Write(66, 4, 0x77));
        Read(64, 64);
        Assert.Equal(0x77, _model.Content[66 * BlockBytes]);
    }

    [Fact]
    public void ClosingEndsAReadAheadAndTheDisk()
    {
        for (int i = 0; i < 8; i++) Read(i * 64, 64);
        _model.Delay = () => Duration.FromSeconds(1000);
        while (!_model.IsBusy) Read(0, 1);
        Instant before = _clock.Now;
        _pump.Run(() => _disk.CloseAsync().AsTask());
        Assert.True(_model.IsClosed);
        Assert.InRange((_clock.Now - before).Milliseconds, 0, 1000);
        _pump.Run(() => _disk.CloseAsync().AsTask());
    }

    [Fact]
    public void ADiskWithAsManyBlocksAsCanBeCountedIsRead()
    {
        var vast = new VastDisk();
        var disk = new CachedDisk(_pump, vast, new byte[1 << 20]);
        var target = new byte[4096];
        for (ulong i = 0; i < 4; i++)
        {
            using (_pump.Enter()) _pump.RunUntil(disk.ReadAsync(ulong.MaxValue - 32 + 8 * i - 1, target, default));
            Assert.True(target.All(value => value == 0xab));
        }
    }

    [Theory]
    [InlineData(64, 512)]
    [InlineData(128, 512)]
    [InlineData(2048, 256)]
    public void WhatFollowsARequestIsAskedForBeforeItHasArrived(int blocks, int aheadKiB)
    {
        var model = new ModelDisk(_pump, BlockBytes, DiskBlocks) { RequestsMax = 8 };
        var disk = new CachedDisk(_pump, model, new byte[8 << 20]);
        int next = 0;
        for (; next < 8192; next += blocks) ReadFrom(disk, model, next, blocks);
        for (; next < DiskBlocks - 8192; next += blocks)
        {
            ReadFrom(disk, model, next, blocks);
            (_, ulong first, int count) = model.Requests[^1];
            Assert.True(first + (ulong)count >= (ulong)(next + blocks + aheadKiB * 1024 / BlockBytes));
        }
        Assert.InRange(model.Reads, 1, 2 * DiskBlocks / 512);
    }

    [Theory]
    [InlineData(1, 512, 64 * 1024, 1)]
    [InlineData(2, 512, 40_000, 1)]
    [InlineData(3, 4096, 64 * 1024, 1)]
    [InlineData(4, 512, 1 << 20, 1)]
    [InlineData(5, 2048, 300_001, 1)]
    [InlineData(6, 512, 4096, 1)]
    [InlineData(7, 512, 64 * 1024, 2)]
    [InlineData(8, 512, 40_000, 3)]
    [InlineData(9, 4096, 64 * 1024, 8)]
    [InlineData(10, 512, 1 << 20, 2)]
    [InlineData(11, 2048, 300_001, 8)]
    [InlineData(12, 512, 4096, 8)]
    [InlineData(13, 512, 4 << 20, 8)]
    public void AnyOrderOfReadsWritesAndFailuresGivesWhatAPlainDiskGives(
        int seed, int blockBytes, int cacheBytes, int requestsMax)
    {
        for (int round = 0; round < 6; round++) OneLife(seed * 100 + round, blockBytes, cacheBytes, requestsMax);
    }

    [Fact]
    public void InSteadyStateARequestAllocatesNothing()
    {
        var quiet = new QuietDisk();
        _pump.Add(quiet);
        var disk = new CachedDisk(_pump, quiet, new byte[8 << 20]);
        var target = new byte[64 * 1024];
        ulong block = 0;
        for (int i = 0; i < 2000; i++) Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2000; i++) Next();
        long perRequest = (GC.GetAllocatedBytesForCurrentThread() - before) / 2000;
        Assert.InRange(perRequest, 0, 150);   // .NET wraps what is posted, about once a request; our runtime does not

        void Next()
        {
            using (_pump.Enter()) _pump.RunUntil(disk.ReadAsync(block, target, default));
            block += 128;
        }
    }

    private void OneLife(int seed, int blockBytes, int cacheBytes, int requestsMax)
    {
        var random = new Random(seed);
        int blockCount = random.Next(20, 2000);
        var model = new ModelDisk(_pump, blockBytes, blockCount, seed) { RequestsMax = requestsMax };
        var disk = new CachedDisk(_pump, model, new byte[cacheBytes]);
        model.Delay = () => random.Next(3) == 0 ? Duration.Zero : Duration.FromMilliseconds(random.Next(1, 20));
        bool isFragile = seed % 2 == 0;
        model.Fault = (_, _, _) => isFragile && random.Next(10) == 0 ? Lost() : null;
        int next = 0;
        for (int step = 0; step < 400; step++)
        {
            int first = random.Next(3) == 0 ? random.Next(blockCount) : next % blockCount;
            int count = Math.Min(random.Next(4) == 0 ? random.Next(1, 400) : random.Next(1, 20), blockCount - first);
            next = first + count;
            var bytes = new byte[count * blockBytes];
            bool isWrite = random.Next(4) == 0;
            if (isWrite) random.NextBytes(bytes);
            using var stop = new CancellationTokenSource();
            PumpTimer cancel = _pump.CreateTimer(stop.Cancel);
            if (random.Next(20) == 0) cancel.Restart(Duration.FromMilliseconds(random.Next(10)));
            try
            {
                using (_pump.Enter())
                {
                    if (isWrite) _pump.RunUntil(disk.WriteAsync((ulong)first, bytes, stop.Token));
                    else _pump.RunUntil(disk.ReadAsync((ulong)first, bytes, stop.Token));
                }
                if (!bytes.AsSpan().SequenceEqual(model.Content.AsSpan(first * blockBytes, bytes.Length)))
                    Assert.Fail($"seed {seed}, step {step}: blocks {first} to {first + count}, write {isWrite}");
            }
            catch (BootFailure) when (isFragile)
            {
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
            cancel.Cancel();
            if (random.Next(5) == 0)
                _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(random.Next(30)), CancellationToken.None));
        }
        _pump.Run(() => disk.CloseAsync().AsTask());
        Assert.True(model.IsClosed);
    }

    private static BootFailure Lost() => new(SanFailure.BadRootPath, "lost");

    private void Read(int first, int count) => ReadFrom(_disk, _model, first, count);

    private void ReadFrom(CachedDisk disk, ModelDisk model, int first, int count)
    {
        var target = new byte[count * BlockBytes];
        using (_pump.Enter()) _pump.RunUntil(disk.ReadAsync((ulong)first, target, CancellationToken.None));
        Assert.True(target.AsSpan().SequenceEqual(model.Content.AsSpan(first * BlockBytes, target.Length)));
    }

    private void Write(int first, int count, byte value)
    {
        var source = new byte[count * BlockBytes];
        source.AsSpan().Fill(value);
        using (_pump.Enter()) _pump.RunUntil(_disk.WriteAsync((ulong)first, source, CancellationToken.None));
    }

    private void Flush()
    {
        using (_pump.Enter()) _pump.RunUntil(_disk.FlushAsync(CancellationToken.None));
    }

    /// <summary>2^64 - 1 blocks of the same.</summary>
    private sealed class VastDisk : IBlockDevice
    {
        public DiskGeometry Geometry => new(512, ulong.MaxValue, true, 0);

        public int RequestsMax => 1;

        public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
        {
            Assert.True((ulong)target.Length / 512 <= ulong.MaxValue - firstBlock);
            target.Span.Fill(0xab);
            return default;
        }

        public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) => default;

        public ValueTask FlushAsync(CancellationToken stop) => default;

        public ValueTask CloseAsync() => default;
    }
}
