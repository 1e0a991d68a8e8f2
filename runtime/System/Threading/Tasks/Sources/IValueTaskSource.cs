namespace System.Threading.Tasks.Sources;

/// <summary>Something awaitable again and again; the token tells one use from the next.</summary>
public interface IValueTaskSource
{
    ValueTaskSourceStatus GetStatus(short token);

    void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags);

    void GetResult(short token);
}

/// <summary>Something awaitable again and again, with a result; the token tells one use from the next.</summary>
public interface IValueTaskSource<out TResult>
{
    ValueTaskSourceStatus GetStatus(short token);

    void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags);

    TResult GetResult(short token);
}
