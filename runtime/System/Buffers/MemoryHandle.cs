namespace System.Buffers;

/// <summary>A raw pointer into some memory, with whatever keeps that memory there.</summary>
public unsafe struct MemoryHandle : IDisposable
{
    private void* _pointer;
    private object? _keeper;
    private IPinnable? _pinnable;

    public MemoryHandle(void* pointer, IPinnable? pinnable = null)
    {
        _pointer = pointer;
        _pinnable = pinnable;
    }

    internal MemoryHandle(void* pointer, object keeper)
    {
        _pointer = pointer;
        _keeper = keeper;
    }

    public readonly void* Pointer => _pointer;

    public void Dispose()
    {
        _pinnable?.Unpin();
        _pinnable = null;
        _keeper = null;
        _pointer = null;
    }
}
