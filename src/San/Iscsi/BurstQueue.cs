using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The R2Ts of one command that have not been answered, in order.</summary>
internal sealed class BurstQueue
{
    /// <summary>So many it can hold, whatever was negotiated.</summary>
    public const int CountMax = 8;

    private readonly DataBurst[] _bursts = new DataBurst[CountMax];
    private int _first;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The one to be answered now.</summary>
    public ref DataBurst First => ref _bursts[_first];

    /// <summary>Adds one; there must be room.</summary>
    public void Add(in DataBurst burst)
    {
        Check.That(Count < CountMax);
        _bursts[(_first + Count++) % CountMax] = burst;
    }

    /// <summary>Takes off the first.</summary>
    public void RemoveFirst()
    {
        Check.That(Count > 0);
        _first = (_first + 1) % CountMax;
        Count--;
    }

    /// <summary>Takes off all.</summary>
    public void Clear() => Count = 0;
}
