using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Threading;

/// <summary>Calls work off. There are no timers here: a deadline is the Pump's business.</summary>
public class CancellationTokenSource : IDisposable
{
    private Callback? _newest;       // a doubly linked list: the newest registration is called first
    private bool _requested;
    private bool _disposed;

    internal static CancellationTokenSource Canceled { get; } = new() { _requested = true };

    public bool IsCancellationRequested => _requested;

    public CancellationToken Token
    {
        get
        {
            ThrowIfDisposed();
            return new CancellationToken(this);
        }
    }

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token1, CancellationToken token2) =>
        new LinkedSource([token1, token2]);

    public static CancellationTokenSource CreateLinkedTokenSource(CancellationToken token) => new LinkedSource([token]);

    public static CancellationTokenSource CreateLinkedTokenSource(params CancellationToken[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Length == 0) throw new ArgumentException("No tokens were supplied.");
        return new LinkedSource(tokens);
    }

    public static CancellationTokenSource CreateLinkedTokenSource(params ReadOnlySpan<CancellationToken> tokens) =>
        new LinkedSource(tokens);

    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <summary>Runs the callbacks, newest first. What they throw comes out together at the end, or at once if
    /// <paramref name="throwOnFirstException"/>.</summary>
    public void Cancel(bool throwOnFirstException)
    {
        ThrowIfDisposed();
        if (_requested) return;
        _requested = true;
        List<Exception>? failures = null;
        while (_newest is { } callback)
        {
            Unregister(callback);
            try
            {
                callback.Run();
            }
            catch (Exception failure) when (!throwOnFirstException)
            {
                failures ??= [];
                failures.Add(failure);
            }
        }
        if (failures is not null) throw new AggregateException(failures);
    }

    /// <summary>As <see cref="Cancel()"/>, here and now: there is no other thread to do it on.</summary>
    public Task CancelAsync()
    {
        try
        {
            Cancel();
        }
        catch (AggregateException failure)
        {
            return Task.FromException(failure);
        }
        return Task.CompletedTask;
    }

    /// <summary>Makes an uncancelled source new again.</summary>
    public bool TryReset()
    {
        ThrowIfDisposed();
        if (_requested) return false;
        while (_newest is { } callback) Unregister(callback);
        return true;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        while (_newest is { } callback) Unregister(callback);
    }

    internal CancellationTokenRegistration Register(Action<object?> action, object? state,
        SynchronizationContext? context)
    {
        if (_requested)
        {
            action(state);
            return default;
        }
        if (_disposed) return default;
        var callback = new Callback(this, action, state, context) { Older = _newest };
        if (_newest is not null) _newest.Newer = callback;
        _newest = callback;
        callback.IsRegistered = true;
        return new CancellationTokenRegistration(callback);
    }

    internal bool Unregister(Callback callback)
    {
        if (!callback.IsRegistered) return false;
        callback.IsRegistered = false;
        if (callback.Newer is null) _newest = callback.Older;
        else callback.Newer.Older = callback.Older;
        if (callback.Older is not null) callback.Older.Newer = callback.Newer;
        callback.Newer = null;
        callback.Older = null;
        return true;
    }

    private void ThrowIfDisposed()
    {
        if (_disposed) throw new ObjectDisposedException(null, "The CancellationTokenSource has been disposed.");
    }

    /// <summary>One registration.</summary>
    internal sealed class Callback(CancellationTokenSource source, Action<object?> action, object? state,
        SynchronizationContext? context)
    {
        public readonly CancellationTokenSource Source = source;
        public Callback? Newer;
        public Callback? Older;
        public bool IsRegistered;

        public void Run()
        {
            if (context is null) action(state);
            else context.Send(given => action(given), state);
        }
    }

    /// <summary>Cancelled with any of its tokens.</summary>
    private sealed class LinkedSource : CancellationTokenSource
    {
        private readonly CancellationTokenRegistration[] _links;

        public LinkedSource(ReadOnlySpan<CancellationToken> tokens)
        {
            _links = new CancellationTokenRegistration[tokens.Length];
            for (int i = 0; i < tokens.Length; i++) _links[i] = tokens[i].UnsafeRegister(CancelLinked, this);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (CancellationTokenRegistration link in _links) link.Unregister();
            base.Dispose(disposing);
        }

        private static void CancelLinked(object? source) => ((LinkedSource)source!).Cancel();
    }
}
