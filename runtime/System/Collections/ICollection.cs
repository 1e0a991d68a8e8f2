namespace System.Collections;

/// <summary>A counted set of objects. The compiler's own read-only lists implement it; nobody else need.</summary>
public interface ICollection : IEnumerable
{
    int Count { get; }

    bool IsSynchronized { get; }

    object SyncRoot { get; }

    void CopyTo(Array array, int index);
}
