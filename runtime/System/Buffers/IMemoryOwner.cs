namespace System.Buffers;

/// <summary>Memory that is given back by disposing its owner.</summary>
public interface IMemoryOwner<T> : IDisposable
{
    Memory<T> Memory { get; }
}
