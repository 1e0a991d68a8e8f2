namespace System.Buffers;

/// <summary>A growing array to write into.</summary>
public sealed class ArrayBufferWriter<T> : IBufferWriter<T>
{
    private const int CapacityFirst = 256;
    private T[] _buffer;
    private int _written;

    public ArrayBufferWriter() => _buffer = [];

    public ArrayBufferWriter(int initialCapacity)
    {
        if (initialCapacity <= 0) throw new ArgumentException(null, nameof(initialCapacity));
        _buffer = new T[initialCapacity];
    }

    public ReadOnlyMemory<T> WrittenMemory => new(_buffer, 0, _written);

    public ReadOnlySpan<T> WrittenSpan => new(_buffer, 0, _written);

    public int WrittenCount => _written;

    public int Capacity => _buffer.Length;

    public int FreeCapacity => _buffer.Length - _written;

    public void Clear()
    {
        _buffer.AsSpan(0, _written).Clear();
        _written = 0;
    }

    public void ResetWrittenCount() => _written = 0;

    public void Advance(int count)
    {
        if (count < 0) throw new ArgumentException(null, nameof(count));
        if (count > FreeCapacity) throw new InvalidOperationException("Cannot advance past the end of the buffer.");
        _written += count;
    }

    public Memory<T> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_written);
    }

    public Span<T> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_written);
    }

    private void Reserve(int sizeHint)
    {
        if (sizeHint < 0) throw new ArgumentException(null, nameof(sizeHint));
        if (sizeHint == 0) sizeHint = 1;
        if (sizeHint <= FreeCapacity) return;
        int growth = Math.Max(sizeHint, _buffer.Length);
        if (_buffer.Length == 0) growth = Math.Max(growth, CapacityFirst);
        Array.Resize(ref _buffer, checked(_buffer.Length + growth));
    }
}
