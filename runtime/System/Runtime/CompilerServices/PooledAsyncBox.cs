using System.Threading.Tasks.Sources;

namespace System.Runtime.CompilerServices;

/// <summary>The outcome of an async method behind a pooling builder. As such it belongs to one that failed before its
/// first suspension; its subclass has the method's state and goes back to its pool when the result has been
/// read.</summary>
internal class PooledAsyncBox<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<TResult> _core;
    private Action? _step;

    public short Version => _core.Version;

    /// <summary>The method's next step; one delegate for the life of the box.</summary>
    public Action Step => _step ??= TakeStep;

    public void SetResult(TResult result) => _core.SetResult(result);

    public void SetException(Exception exception) => _core.SetException(exception);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) => _core.OnCompleted(continuation, state, token, flags);

    public TResult GetResult(short token)
    {
        // A second reader must not give away a box that is somebody else's by now.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The method has not completed.");
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            GiveBack();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    private protected virtual void TakeStep() { }

    private protected virtual void GiveBack() { }
}

/// <summary>A suspended async method whose object serves again: each method has a few of them in stock, so that a
/// method under way several times at once allocates nothing either.</summary>
internal sealed class PooledAsyncBox<TResult, TStateMachine> : PooledAsyncBox<TResult>
    where TStateMachine : IAsyncStateMachine
{
    private const int StockMax = 8;
    private static PooledAsyncBox<TResult, TStateMachine>? s_stock;
    private static int s_stocked;

    private TStateMachine? _stateMachine;
    private PooledAsyncBox<TResult, TStateMachine>? _next;

    public static PooledAsyncBox<TResult, TStateMachine> Take()
    {
        PooledAsyncBox<TResult, TStateMachine>? box = s_stock;
        if (box is null) return new PooledAsyncBox<TResult, TStateMachine>();
        s_stock = box._next;
        s_stocked--;
        box._next = null;
        return box;
    }

    public void Keep(ref TStateMachine stateMachine) => _stateMachine = stateMachine;

    private protected override void TakeStep() => _stateMachine!.MoveNext();

    private protected override void GiveBack()
    {
        _stateMachine = default;
        if (s_stocked == StockMax) return;
        _next = s_stock;
        s_stock = this;
        s_stocked++;
    }
}

/// <summary>What the pooling builders share.</summary>
internal static class PooledAsyncMethod
{
    /// <summary>The next step of <paramref name="box"/>, which is taken at the first suspension. The builder's field is
    /// set before the state machine, which contains the builder, is copied into the box: both must know it.</summary>
    public static Action Step<TResult, TStateMachine>(ref PooledAsyncBox<TResult>? box, ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        if (box is null)
        {
            PooledAsyncBox<TResult, TStateMachine> taken = PooledAsyncBox<TResult, TStateMachine>.Take();
            box = taken;
            taken.Keep(ref stateMachine);
        }
        return box.Step;
    }

    public static void Fail<TResult>(ref PooledAsyncBox<TResult>? box, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (box ??= new PooledAsyncBox<TResult>()).SetException(exception);
    }
}
