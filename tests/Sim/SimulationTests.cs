using System;
using System.Globalization;
using System.IO;
using Xunit;
using Xunit.Abstractions;

namespace Bootlace.Tests.Sim;

/// <summary>Protects the whole: stack and transfers in random worlds. A failure names its seed and leaves a
/// capture.</summary>
public class SimulationTests(ITestOutputHelper output)
{
    private const int WorldsCount = 150;

    [Fact]
    public void EveryFetchInARandomWorldEndsWell()
    {
        (int first, int count) = SeedOfTheDoor() is { } seed ? (seed, 1) : (1, WorldsCount);
        for (int i = first; i < first + count; i++) RunOne(i);
    }

    [Fact]
    public void ASeedAlwaysGivesTheSameWorld() => Assert.Equal(Simulation.Run(3), Simulation.Run(3));

    /// <summary>What <c>build.sh sim SEED</c> passes on.</summary>
    private static int? SeedOfTheDoor() =>
        int.TryParse(
            Environment.GetEnvironmentVariable("BOOTLACE_SEED"), CultureInfo.InvariantCulture, out int seed)
            ? seed : null;

    private void RunOne(int seed)
    {
        try
        {
            output.WriteLine(Simulation.Run(seed));
        }
        catch (InvalidOperationException failure)
        {
            string path = Path.Combine(Path.GetTempPath(), $"bootlace-sim-{seed}.pcap");
            using (FileStream capture = File.Create(path))
            {
                try
                {
                    Simulation.Run(seed, capture);
                }
                catch (InvalidOperationException)
                {
                    // The same failure once more, now with its frames written down.
                }
            }
            Assert.Fail($"{failure}\nrepeat with: ./build.sh sim {seed}\nframes are in {path}");
        }
    }
}
