namespace Bootlace.Crypto;

/// <summary>Memory for what the C library allocates. Real: <see cref="Arena"/>; the tests' takes turns among
/// threads.</summary>
public interface INativeMemory
{
    /// <summary>Takes a block of zeros, aligned to 16 bytes; 0 when there is no more.</summary>
    nint TryAllocate(nuint countBytes);

    /// <summary>Gives a block back.</summary>
    void Free(nint block);
}
