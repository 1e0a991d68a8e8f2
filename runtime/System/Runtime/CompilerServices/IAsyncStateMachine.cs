namespace System.Runtime.CompilerServices;

/// <summary>An async method cut into steps by the compiler.</summary>
public interface IAsyncStateMachine
{
    void MoveNext();

    void SetStateMachine(IAsyncStateMachine stateMachine);
}
