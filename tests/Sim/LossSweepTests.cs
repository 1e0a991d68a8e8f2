using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Tests.Sim;

/// <summary>Protects how well transfers bear loss: simulated time and frames for each rate, kept as a golden file. A
/// change of the stack that changes the table is looked at, and the new table committed.</summary>
public class LossSweepTests
{
    private const int FileBytes = 1_000_000;

    [Fact]
    public void TheTableIsAsCommitted()
    {
        string actual = Table();
        string expected = File.ReadAllText(GoldenPath());
        if (actual == expected) return;
        string path = Path.Combine(Path.GetTempPath(), "bootlace-loss-sweep.txt");
        File.WriteAllText(path, actual);
        Assert.Fail($"the table has changed; the new one is in {path}:\n{actual}");
    }

    private static string Table()
    {
        var table = new StringBuilder();
        table.Append($"A file of {FileBytes} bytes, 1 ms from card to card, loss in each direction.\n");
        table.Append("scheme  card  loss %  time ms  frames\n");
        foreach (string scheme in new[] { "http", "tftp" })
        {
            foreach (int framesMax in new[] { 256, 16 })
            {
                foreach (int loss in new[] { 0, 1, 2, 5, 10, 20 })
                {
                    (long milliseconds, long frames) = Fetch(scheme, framesMax, loss);
                    table.Append($"{scheme,-6}{framesMax,6}{loss,8}{milliseconds,9}{frames,8}\n");
                }
            }
        }
        return table.ToString();
    }

    private static (long Milliseconds, long Frames) Fetch(string scheme, int framesMax, int loss)
    {
        byte[] file = SimulatedWorld.RandomFile(7, FileBytes);
        var world = new SimulatedWorld(
            11, [file],
            pump => new SimulatedLan(pump, 11) { Latency = Duration.FromMilliseconds(1) },
            card => new FaultDevice(card, 11) { DropPercent = loss },
            framesMax);
        Instant start = world.Clock.Now;
        byte[] body = world.Run(Duration.FromSeconds(3600), stop => world.FetchAsync(scheme, 0, stop));
        Assert.True(body.AsSpan().SequenceEqual(file));
        return ((world.Clock.Now - start).Milliseconds, world.Lan.Frames);
    }

    private static string GoldenPath([CallerFilePath] string here = "") =>
        Path.Combine(FindRoot(here), "tests", "Sim", "Golden", "loss-sweep.txt");

    /// <summary>Source paths are mapped for deterministic builds: the tree is found from where the tests run.</summary>
    private static string FindRoot(string mapped)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Loader.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder
            ?? throw new InvalidOperationException($"{mapped}: the tree is not above {AppContext.BaseDirectory}");
    }
}
