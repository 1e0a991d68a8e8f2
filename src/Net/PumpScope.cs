using System.Threading;

namespace Bootlace.Net;

/// <summary>While it lasts, awaits come back to the pump that gave it; afterwards to where they did before.</summary>
public readonly ref struct PumpScope
{
    private readonly SynchronizationContext? _outer;

    internal PumpScope(SynchronizationContext? outer) => _outer = outer;

    /// <summary>Ends it.</summary>
    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_outer);
}
