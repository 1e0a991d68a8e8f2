using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A random world from a seed: bad cables, weak cards, dying servers. Every fetch must end, with the right
/// bytes or with a failure that the world explains.</summary>
public static class Simulation
{
    private static readonly Duration LimitPerFetch = Duration.FromSeconds(900);

    private enum Fate { ServerLives, ServerRestarts, ServerDies }

    /// <summary>Runs one world and returns what happened in one line. Throws, with the seed, where something happened
    /// that must not.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="capture">Where all frames of our card go, or null.</param>
    public static string Run(int seed, Stream? capture = null)
    {
        try
        {
            return RunWorld(seed, capture);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"simulation {seed}: {failure.Message}", failure);
        }
    }

    private static string RunWorld(int seed, Stream? capture)
    {
        var random = new Random(seed);
        int fetches = random.Next(1, 5);
        byte[][] files =
            [.. Enumerable.Range(0, fetches).Select(i => SimulatedWorld.RandomFile(seed + i, Size(random)))];
        Fate fate = random.Next(6) switch { 0 => Fate.ServerRestarts, 1 => Fate.ServerDies, _ => Fate.ServerLives };
        int drop = random.Next(3) * random.Next(5), swap = random.Next(10);
        int duplicate = random.Next(6), corrupt = random.Next(3);
        int latencyUs = random.Next(100, 20_000), jitterUs = random.Next(3) == 0 ? 2 * latencyUs : 0;
        int framesMax = random.Next(2) == 0 ? 16 : 256;
        bool isTftp = random.Next(3) == 0;

        var world = new SimulatedWorld(
            seed, files,
            pump => new SimulatedLan(pump, seed)
            {
                Latency = Duration.FromMicroseconds(latencyUs), Jitter = Duration.FromMicroseconds(jitterUs),
            },
            card => Capture(
                new FaultDevice(card, seed)
                {
                    DropPercent = drop, SwapPercent = swap, DuplicatePercent = duplicate, CorruptPercent = corrupt,
                },
                capture),
            framesMax);

        if (fate != Fate.ServerLives)
            world.Pump.Schedule(Duration.FromMilliseconds(random.Next(1, 500)), () => Strike(world, fate));
        Instant start = world.Clock.Now;
        string[] outcomes = world.Run(
            LimitPerFetch,
            async stop =>
            {
                IEnumerable<Task<string>> all =
                    files.Select((_, i) => FetchAsync(world, isTftp ? 0 : i, isTftp, files, stop));
                return await Task.WhenAll(all);
            });

        string description =
            $"{seed}: {(isTftp ? "tftp" : "http")} x{fetches}, {files.Sum(f => f.Length)} bytes, {fate}, "
            + $"lose {drop} % swap {swap} % repeat {duplicate} % damage {corrupt} %, {latencyUs / 1000} ms: "
            + $"{string.Join(", ", outcomes.Distinct())} after {(world.Clock.Now - start).Milliseconds} ms, "
            + $"{world.Lan.Frames} frames";
        if (world.Fault is not null) throw new InvalidOperationException("a frame led to an exception", world.Fault);
        if (fate == Fate.ServerLives && outcomes.Any(outcome => outcome != "done"))
            throw new InvalidOperationException($"a live server, and yet: {description}");
        if (framesMax < 64 && !isTftp && jitterUs == 0 && duplicate == 0 && world.OurPort.Overflows > 0)
            throw new InvalidOperationException($"{world.OurPort.Highest} frames were on their way to a weak card");
        return description;

        INetworkDevice Capture(INetworkDevice device, Stream? sink) =>
            sink is null ? device : new PcapDevice(device, sink, new StillClock());
    }

    private static int Size(Random random) => random.Next(5) switch
    {
        0 => random.Next(0, 3),
        1 => 1460 * random.Next(1, 20),
        _ => random.Next(1, 300_000),
    };

    private static void Strike(SimulatedWorld world, Fate fate)
    {
        world.Server.Tcp!.Die(world.Server);
        if (fate == Fate.ServerDies) world.Server.IsDead = true;
    }

    private static async Task<string> FetchAsync(
        SimulatedWorld world, int file, bool isTftp, byte[][] files, CancellationToken stop)
    {
        try
        {
            byte[] body = await world.FetchAsync(isTftp ? "tftp" : "http", file, stop);
            if (!body.AsSpan().SequenceEqual(files[file])) throw new InvalidOperationException("the bytes are wrong");
            return "done";
        }
        catch (BootFailure failure)
        {
            return failure.Kind.Sentence;
        }
    }

    /// <summary>Captures count frames instead of time: worlds are compared by their order.</summary>
    private sealed class StillClock : IClock
    {
        private long _us;

        public Instant Now => new(_us += 1000);

        public void Rest(Instant deadline) { }
    }
}
