namespace System.Buffers;

/// <summary>Hands out raw pointers to its elements.</summary>
public interface IPinnable
{
    MemoryHandle Pin(int elementIndex);

    void Unpin();
}
