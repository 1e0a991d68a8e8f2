using System.Diagnostics.CodeAnalysis;
using System.Threading.Tasks;

namespace System.Threading;

/// <summary>A callback waiting for cancellation; disposing it takes the callback back.</summary>
public readonly struct CancellationTokenRegistration : IEquatable<CancellationTokenRegistration>, IDisposable,
    IAsyncDisposable
{
    private readonly CancellationTokenSource.Callback? _callback;

    internal CancellationTokenRegistration(CancellationTokenSource.Callback callback) => _callback = callback;

    public CancellationToken Token => _callback is null ? default : new CancellationToken(_callback.Source);

    public static bool operator ==(CancellationTokenRegistration left, CancellationTokenRegistration right) =>
        left.Equals(right);

    public static bool operator !=(CancellationTokenRegistration left, CancellationTokenRegistration right) =>
        !left.Equals(right);

    /// <summary>False if the callback has run, is running or was taken back before.</summary>
    public bool Unregister() => _callback is not null && _callback.Source.Unregister(_callback);

    public void Dispose() => Unregister();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    public bool Equals(CancellationTokenRegistration other) => _callback == other._callback;

    public override bool Equals([NotNullWhen(true)] object? obj) =>
        obj is CancellationTokenRegistration other && Equals(other);

    public override int GetHashCode() => _callback?.GetHashCode() ?? 0;
}
