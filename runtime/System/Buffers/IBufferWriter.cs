namespace System.Buffers;

/// <summary>A target that gives room to write into and is told how much was used.</summary>
public interface IBufferWriter<T>
{
    void Advance(int count);

    Memory<T> GetMemory(int sizeHint = 0);

    Span<T> GetSpan(int sizeHint = 0);
}
