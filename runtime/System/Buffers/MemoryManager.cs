namespace System.Buffers;

/// <summary>Lets memory outside the collected heap be used as <see cref="Memory{T}"/>.</summary>
public abstract class MemoryManager<T> : IMemoryOwner<T>, IPinnable
{
    public virtual Memory<T> Memory => new((object)this, 0, GetSpan().Length);

    public abstract Span<T> GetSpan();

    public abstract MemoryHandle Pin(int elementIndex = 0);

    public abstract void Unpin();

    protected Memory<T> CreateMemory(int length) => new((object)this, 0, length);

    protected Memory<T> CreateMemory(int start, int length) => new((object)this, start, length);

    void IDisposable.Dispose() => Dispose(disposing: true);

    protected abstract void Dispose(bool disposing);
}
