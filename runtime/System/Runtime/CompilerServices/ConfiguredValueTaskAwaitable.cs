using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>A value task to be awaited in a stated way.</summary>
public readonly struct ConfiguredValueTaskAwaitable
{
    private readonly ConfiguredValueTaskAwaiter _awaiter;

    internal ConfiguredValueTaskAwaitable(ValueTask task, bool onContext) =>
        _awaiter = new ConfiguredValueTaskAwaiter(task, onContext);

    public ConfiguredValueTaskAwaiter GetAwaiter() => _awaiter;

    /// <summary>The awaiter.</summary>
    public readonly struct ConfiguredValueTaskAwaiter : ICriticalNotifyCompletion
    {
        private readonly ValueTask _task;
        private readonly bool _onContext;

        internal ConfiguredValueTaskAwaiter(ValueTask task, bool onContext)
        {
            _task = task;
            _onContext = onContext;
        }

        public bool IsCompleted => _task.IsCompleted;

        public void OnCompleted(Action continuation) => _task.OnCompleted(continuation, _onContext);

        public void UnsafeOnCompleted(Action continuation) => _task.OnCompleted(continuation, _onContext);

        public void GetResult() => _task.GetResult();
    }
}

/// <summary>A value task with a result, to be awaited in a stated way.</summary>
public readonly struct ConfiguredValueTaskAwaitable<TResult>
{
    private readonly ConfiguredValueTaskAwaiter _awaiter;

    internal ConfiguredValueTaskAwaitable(ValueTask<TResult> task, bool onContext) =>
        _awaiter = new ConfiguredValueTaskAwaiter(task, onContext);

    public ConfiguredValueTaskAwaiter GetAwaiter() => _awaiter;

    /// <summary>The awaiter.</summary>
    public readonly struct ConfiguredValueTaskAwaiter : ICriticalNotifyCompletion
    {
        private readonly ValueTask<TResult> _task;
        private readonly bool _onContext;

        internal ConfiguredValueTaskAwaiter(ValueTask<TResult> task, bool onContext)
        {
            _task = task;
            _onContext = onContext;
        }

        public bool IsCompleted => _task.IsCompleted;

        public void OnCompleted(Action continuation) => _task.OnCompleted(continuation, _onContext);

        public void UnsafeOnCompleted(Action continuation) => _task.OnCompleted(continuation, _onContext);

        public TResult GetResult() => _task.GetResult();
    }
}
