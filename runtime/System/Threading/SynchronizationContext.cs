namespace System.Threading;

/// <summary>Where continuations go back to. There is one thread, so there is one current context.</summary>
public class SynchronizationContext
{
    public static SynchronizationContext? Current { get; private set; }

    /// <summary>The context an await captures: a plain SynchronizationContext means none.</summary>
    internal static SynchronizationContext? Capturable =>
        Current is { } current && current.GetType() != typeof(SynchronizationContext) ? current : null;

    public static void SetSynchronizationContext(SynchronizationContext? syncContext) => Current = syncContext;

    public virtual void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>.NET would use another thread; there is none.</summary>
    public virtual void Post(SendOrPostCallback d, object? state) => d(state);

    public virtual void OperationStarted() { }

    public virtual void OperationCompleted() { }

    public virtual SynchronizationContext CreateCopy() => new();
}
