namespace System.Runtime.CompilerServices;

/// <summary>An awaiter.</summary>
public interface INotifyCompletion
{
    void OnCompleted(Action continuation);
}

/// <summary>An awaiter that need not carry an execution context along; there is none here.</summary>
public interface ICriticalNotifyCompletion : INotifyCompletion
{
    void UnsafeOnCompleted(Action continuation);
}
