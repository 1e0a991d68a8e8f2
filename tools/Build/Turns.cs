using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;

namespace Bootlace.Build;

/// <summary>Several who measure the same, in turns: the machine's speed changes within minutes, so only ratios of the
/// medians mean something.</summary>
/// <param name="contestants">They; the first is ours, and may not fail.</param>
/// <param name="name">What each is called.</param>
public sealed class Turns<T>(IReadOnlyList<T> contestants, Func<T, string> name)
    where T : class
{
    private readonly Dictionary<T, List<IReadOnlyList<double>>> _results =
        contestants.ToDictionary(it => it, _ => new List<IReadOnlyList<double>>());

    private readonly List<T> _present = [.. contestants];

    /// <summary>Those who are still there. One that fails is out: that is a result, too.</summary>
    public IReadOnlyList<T> Present => _present;

    /// <summary>Lets everybody measure so many times.</summary>
    public async Task RunAsync(int rounds, Func<T, Task<IReadOnlyList<double>>> measure)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (T contestant in _present.ToArray())
            {
                try
                {
                    _results[contestant].Add(await measure(contestant));
                }
                catch (HarnessException failure) when (contestant != contestants[0])
                {
                    Console.WriteLine($"{name(contestant)} failed: {failure.Message.Split('\n')[0]}");
                    _present.Remove(contestant);
                }
            }
        }
    }

    /// <summary>The median of somebody's figures at a place of what they return.</summary>
    public double Median(T contestant, int place)
    {
        double[] sorted = [.. _results[contestant].Select(it => it[place]).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>All of them, in order.</summary>
    public string All(T contestant, int place) =>
        string.Join(' ', _results[contestant].Select(it => $"{it[place]:0.0}"));
}
