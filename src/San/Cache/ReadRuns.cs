using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Lines that have been asked for and are on their way into their slots.</summary>
/// <param name="Line">The first.</param>
/// <param name="Count">How many.</param>
/// <param name="Slot">The first one's slot.</param>
/// <param name="Read">The request.</param>
internal readonly record struct ReadRun(ulong Line, int Count, int Slot, ValueTask Read);

/// <summary>What is on its way, in the order it was asked for.</summary>
/// <param name="max">How many runs at most.</param>
internal sealed class ReadRuns(int max)
{
    private readonly ReadRun[] _runs = new ReadRun[max];
    private int _first;

    /// <summary>How many runs there are.</summary>
    public int Count { get; private set; }

    /// <summary>There is no room for another one.</summary>
    public bool IsFull => Count == _runs.Length;

    /// <summary>The one that was asked for first.</summary>
    public ref readonly ReadRun First => ref _runs[_first];

    /// <summary>Adds what has been asked for last.</summary>
    public void Add(in ReadRun run)
    {
        Check.That(!IsFull);
        _runs[(_first + Count++) % _runs.Length] = run;
    }

    /// <summary>Takes the first one out.</summary>
    public ReadRun Take()
    {
        Check.That(Count > 0);
        ReadRun run = _runs[_first];
        _runs[_first] = default;
        _first = (_first + 1) % _runs.Length;
        Count--;
        return run;
    }

    /// <summary>Whether the line is on its way.</summary>
    public bool Has(ulong line)
    {
        for (int i = 0; i < Count; i++)
        {
            ref readonly ReadRun run = ref _runs[(_first + i) % _runs.Length];
            if (line - run.Line < (uint)run.Count) return true;   // unsigned: not before it
        }
        return false;
    }
}
