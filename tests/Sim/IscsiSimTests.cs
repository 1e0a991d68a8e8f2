using System;
using System.Linq;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Bootlace.Tests.Sim;

/// <summary>Protects a disk over the whole stack and a LAN: bytes are right whatever gets lost, targets may die and
/// come back, and few round trips are needed.</summary>
public class IscsiSimTests(ITestOutputHelper output)
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 1)]
    [InlineData(0, 3)]
    public void LostAndDamagedFramesDoNotMatter(int dropPercent, int corruptPercent)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            int ofWorld = seed;
            var world = new IscsiWorld(seed, ourCard: card => new FaultDevice(card, ofWorld)
            {
                DropPercent = dropPercent, CorruptPercent = corruptPercent, SwapPercent = dropPercent,
            });
            if (corruptPercent > 0) world.Target.Digests = ["CRC32C"];
            IscsiDisk disk = world.Open();
            Check(world, disk, 100, MiB);
            byte[] bytes = SimulatedWorld.RandomFile(seed, MiB / 2);
            world.Write(disk, 3000, bytes);
            Assert.Equal(bytes, world.Target.Disks[0].Read(3000, 1024));
            Assert.Equal(bytes, world.Read(disk, 3000, bytes.Length));
            world.Close(disk);
            Assert.Null(world.Fault);
        }
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("off")]
    [InlineData("cut")]
    public void ATargetThatIsAwayFor60SecondsIsSurvived(string way)
    {
        for (int atMs = 1; atMs < 60; atMs += 7)
        {
            var world = new IscsiWorld(atMs);
            IscsiDisk disk = world.Open();
            world.Target.Slowness = Duration.FromMilliseconds(5);
            world.Pump.Schedule(Duration.FromMilliseconds(atMs), () => Strike(world, way));
            Instant start = world.Pump.Now;
            byte[] bytes = SimulatedWorld.RandomFile(atMs, 3 * MiB);
            Check(world, disk, 0, 2 * MiB);
            world.Write(disk, 5000, bytes);
            Assert.Equal(bytes, world.Target.Disks[0].Read(5000, 6144));
            Check(world, disk, 10, 3 * MiB);
            Assert.InRange((world.Pump.Now - start).Milliseconds, 60_000, 95_000);
            world.Close(disk);
            Assert.Null(world.Fault);
        }
    }

    [Fact]
    public void ATargetThatIsOffForGoodIsGivenUpInTime()
    {
        var world = new IscsiWorld(1);
        IscsiDisk disk = world.Open();
        world.Server.IsDead = true;
        Instant start = world.Pump.Now;
        Assert.Throws<BootFailure>(() => world.Read(disk, 0, 512));
        Assert.InRange((world.Pump.Now - start).Milliseconds, 100_000, 240_000);
        world.Close(disk);
    }

    [Fact]
    public void ASlowTargetIsReadToTheEnd()
    {
        var world = new IscsiWorld(1);
        IscsiDisk disk = world.Open();
        world.Target.Slowness = Duration.FromSeconds(10);
        Check(world, disk, 0, 3 * MiB);
        Assert.Empty(world.Target.TaskRequests);
    }

    /// <summary>With 1 ms from card to card, a round trip is 2 ms. iPXE writes in Data-Out PDUs of 512 bytes, each 64
    /// KiB a command with an R2T of its own.</summary>
    [Theory]
    [InlineData(4, true, 2, 4)]
    [InlineData(64, true, 2, 20)]
    [InlineData(1024, true, 2, 60)]
    [InlineData(4, false, 2, 4)]
    [InlineData(64, false, 2, 20)]
    [InlineData(1024, false, 2, 80)]
    public void ARequestTakesFewRoundTrips(int kibibytes, bool isRead, int leastMs, int mostMs)
    {
        var world = new IscsiWorld(1, pump => new SimulatedLan(pump, 1) { Latency = Duration.FromMilliseconds(1) });
        world.Target.FirstBurstBytes = 262_144;
        world.Target.ReceiveSegmentBytesMax = 262_144;
        IscsiDisk disk = world.Open();
        Check(world, disk, 0, 4 * MiB);   // windows are open now
        world.Write(disk, 0, SimulatedWorld.RandomFile(1, 4 * MiB));
        int pdus = Pdus(world);
        long frames = world.Lan.Frames;
        Instant start = world.Pump.Now;
        if (isRead) Check(world, disk, 9000, kibibytes * 1024);
        else world.Write(disk, 9000, SimulatedWorld.RandomFile(1, kibibytes * 1024));
        long us = (world.Pump.Now - start).Microseconds;
        output.WriteLine(
            $"{(isRead ? "read" : "write")} {kibibytes} KiB: {us} us, {Pdus(world) - pdus} PDUs, "
            + $"{world.Lan.Frames - frames} frames");
        Assert.InRange(us, leastMs * 1000, mostMs * 1000);
        Assert.InRange(Pdus(world) - pdus, 2, 2 + kibibytes / 32);
    }

    private static int Pdus(IscsiWorld world) => world.Target.PdusIn.Sum() + world.Target.PdusOut.Sum();

    private static void Check(IscsiWorld world, IscsiDisk disk, ulong firstBlock, int bytes) =>
        Assert.True(world.Target.Disks[0].Read(firstBlock, (uint)(bytes / 512)).AsSpan()
            .SequenceEqual(world.Read(disk, firstBlock, bytes)), "the bytes are wrong");

    private static void Strike(IscsiWorld world, string way)
    {
        if (way == "restart") world.Restart(Duration.FromSeconds(60));
        else if (way == "off") world.SwitchOff(Duration.FromSeconds(60));
        else world.Cut(Duration.FromSeconds(60));
    }
}
