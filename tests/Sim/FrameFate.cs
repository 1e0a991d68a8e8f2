namespace Bootlace.Tests.Sim;

/// <summary>What a bad cable does to one frame.</summary>
public enum FrameFate
{
    Deliver,
    Lose,
    Duplicate,
    /// <summary>It comes after the next one.</summary>
    Swap,
    /// <summary>One bit of it is turned over.</summary>
    Corrupt,
}
