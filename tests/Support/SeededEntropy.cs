using System;
using Bootlace.Net;

namespace Bootlace.Tests.Support;

/// <summary>Chance that repeats itself: everything follows from the seed.</summary>
public sealed class SeededEntropy(int seed) : IEntropy
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> target) => _random.NextBytes(target);
}
