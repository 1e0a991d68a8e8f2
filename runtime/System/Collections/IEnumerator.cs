namespace System.Collections;

/// <summary>A walk over elements.</summary>
public interface IEnumerator
{
    object? Current { get; }

    bool MoveNext();

    void Reset();
}
