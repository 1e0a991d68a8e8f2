using System;
using System.Collections.Generic;
using System.Threading;

namespace Bootlace.Script;

/// <summary>A stretch of work that Ctrl-C may interrupt; disposing ends it.</summary>
public sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<Interruption> _open;

    /// <summary>Begins one inside those of <paramref name="open"/>, the innermost last. Inside work that was asked to
    /// stop, nothing new gets under way.</summary>
    public Interruption(List<Interruption> open)
    {
        _open = open;
        if (open.Count > 0 && open[open.Count - 1].Token.IsCancellationRequested) Interrupt();
        open.Add(this);
    }

    /// <summary>Cancelled by <see cref="Interrupt"/>.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Asks the work to stop.</summary>
    public void Interrupt() => _source.Cancel();

    /// <summary>The work is over.</summary>
    public void Dispose()
    {
        _open.Remove(this);
        _source.Dispose();
    }
}
