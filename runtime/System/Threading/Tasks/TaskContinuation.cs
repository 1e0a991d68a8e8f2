namespace System.Threading.Tasks;

/// <summary>What is to run when a task completes, and where. Waiting ones form a list in the order they came.</summary>
internal sealed class TaskContinuation(Action action, SynchronizationContext? context)
{
    /// <summary>The callback for posting a bare action.</summary>
    public static readonly SendOrPostCallback CallAction = action => ((Action)action!)();

    // Completions that complete further tasks on the spot; .NET looks at the stack left instead.
    private const int InlineDepthMax = 30;
    private static int s_inlineDepth;

    public TaskContinuation? Next;

    /// <summary>Runs on the spot if the task allows it and we are in the right context already; otherwise posts.
    /// Without a context there is no other place than the spot.</summary>
    public void Run(bool mayInline)
    {
        if (context is not null
            && (!mayInline || context != SynchronizationContext.Current || s_inlineDepth >= InlineDepthMax))
        {
            context.Post(CallAction, action);
            return;
        }
        s_inlineDepth++;
        try
        {
            action();
        }
        finally
        {
            s_inlineDepth--;
        }
    }
}
