using System.Threading;
using System.Threading.Tasks;

namespace System.Runtime.CompilerServices;

/// <summary>Lets everything else that is ready run first.</summary>
public readonly struct YieldAwaitable
{
    public YieldAwaiter GetAwaiter() => default;

    /// <summary>The awaiter.</summary>
    public readonly struct YieldAwaiter : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public void OnCompleted(Action continuation) =>
            new TaskContinuation(continuation, SynchronizationContext.Capturable).Run(mayInline: false);

        public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);

        public void GetResult() { }
    }
}
