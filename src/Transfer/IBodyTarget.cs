using System;

namespace Bootlace.Transfer;

/// <summary>Where a body goes: memory that grows. Transfers write into it in order and never read it back.</summary>
public interface IBodyTarget
{
    /// <summary>Announces the whole length, once known, so that room is found in one piece; throws a BootFailure
    /// when there is none. A later, different length starts the body anew only through <see cref="Restart"/>.</summary>
    void Expect(ulong totalBytes);

    /// <summary>Free memory to write the next bytes into, at least one byte. Valid until <see
    /// cref="Advance"/>.</summary>
    Memory<byte> GetRoom();

    /// <summary>Takes the first <paramref name="countBytes"/> of the room as received.</summary>
    void Advance(int countBytes);

    /// <summary>Bytes received so far: where a broken transfer resumes.</summary>
    ulong ReceivedBytes { get; }

    /// <summary>Forgets everything received: the server's file has changed or it cannot resume.</summary>
    void Restart();
}
