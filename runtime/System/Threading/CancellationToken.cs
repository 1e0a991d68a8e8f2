using System.Diagnostics.CodeAnalysis;

namespace System.Threading;

/// <summary>Tells work that it is no longer wanted.</summary>
public readonly struct CancellationToken : IEquatable<CancellationToken>
{
    private readonly CancellationTokenSource? _source;

    public CancellationToken(bool canceled) => _source = canceled ? CancellationTokenSource.Canceled : null;

    internal CancellationToken(CancellationTokenSource? source) => _source = source;

    public static CancellationToken None => default;

    public bool CanBeCanceled => _source is not null;

    public bool IsCancellationRequested => _source is { IsCancellationRequested: true };

    public static bool operator ==(CancellationToken left, CancellationToken right) => left._source == right._source;

    public static bool operator !=(CancellationToken left, CancellationToken right) => left._source != right._source;

    public CancellationTokenRegistration Register(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(Call, callback, useSynchronizationContext: false);
    }

    public CancellationTokenRegistration Register(Action callback, bool useSynchronizationContext)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Register(Call, callback, useSynchronizationContext);
    }

    public CancellationTokenRegistration Register(Action<object?> callback, object? state) =>
        Register(callback, state, useSynchronizationContext: false);

    public CancellationTokenRegistration Register(Action<object?, CancellationToken> callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        CancellationToken token = this;
        return Register(given => callback(given, token), state, useSynchronizationContext: false);
    }

    public CancellationTokenRegistration UnsafeRegister(Action<object?> callback, object? state) =>
        Register(callback, state, useSynchronizationContext: false);

    /// <summary>Calls back once when cancellation is requested; at once, if it has been.</summary>
    public CancellationTokenRegistration Register(Action<object?> callback, object? state,
        bool useSynchronizationContext)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (_source is null) return default;
        return _source.Register(callback, state, useSynchronizationContext ? SynchronizationContext.Current : null);
    }

    public void ThrowIfCancellationRequested()
    {
        if (IsCancellationRequested) throw new OperationCanceledException(this);
    }

    public bool Equals(CancellationToken other) => _source == other._source;

    public override bool Equals([NotNullWhen(true)] object? other) => other is CancellationToken token && Equals(token);

    public override int GetHashCode() => _source?.GetHashCode() ?? 0;

    private static void Call(object? action) => ((Action)action!)();
}
