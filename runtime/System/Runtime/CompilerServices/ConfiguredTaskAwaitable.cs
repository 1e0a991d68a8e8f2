using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>A task to be awaited in a stated way.</summary>
public readonly struct ConfiguredTaskAwaitable
{
    private readonly ConfiguredTaskAwaiter _awaiter;

    internal ConfiguredTaskAwaitable(Task task, ConfigureAwaitOptions options) =>
        _awaiter = new ConfiguredTaskAwaiter(task, options);

    public ConfiguredTaskAwaiter GetAwaiter() => _awaiter;

    /// <summary>The awaiter.</summary>
    public readonly struct ConfiguredTaskAwaiter : ICriticalNotifyCompletion
    {
        private readonly Task _task;
        private readonly ConfigureAwaitOptions _options;

        internal ConfiguredTaskAwaiter(Task task, ConfigureAwaitOptions options)
        {
            _task = task;
            _options = options;
        }

        public bool IsCompleted => (_options & ConfigureAwaitOptions.ForceYielding) == 0 && _task.IsCompleted;

        public void OnCompleted(Action continuation) => _task.AddContinuation(continuation,
            (_options & ConfigureAwaitOptions.ContinueOnCapturedContext) != 0 ? SynchronizationContext.Capturable
                : null);

        public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

        public void GetResult()
        {
            if ((_options & ConfigureAwaitOptions.SuppressThrowing) == 0) _task.ThrowUnlessSuccessful();
            else _task.ThrowIfPending();
        }
    }
}

/// <summary>A task with a result, to be awaited in a stated way.</summary>
public readonly struct ConfiguredTaskAwaitable<TResult>
{
    private readonly ConfiguredTaskAwaiter _awaiter;

    internal ConfiguredTaskAwaitable(Task<TResult> task, bool onContext) =>
        _awaiter = new ConfiguredTaskAwaiter(task, onContext);

    public ConfiguredTaskAwaiter GetAwaiter() => _awaiter;

    /// <summary>The awaiter.</summary>
    public readonly struct ConfiguredTaskAwaiter : ICriticalNotifyCompletion
    {
        private readonly Task<TResult> _task;
        private readonly bool _onContext;

        internal ConfiguredTaskAwaiter(Task<TResult> task, bool onContext)
        {
            _task = task;
            _onContext = onContext;
        }

        public bool IsCompleted => _task.IsCompleted;

        public void OnCompleted(Action continuation) =>
            _task.AddContinuation(continuation, _onContext ? SynchronizationContext.Capturable : null);

        public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

        public TResult GetResult()
        {
            _task.ThrowUnlessSuccessful();
            return _task.Outcome;
        }
    }
}
