using System;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Random bytes for what must stay secret: the C library's generator (CTR_DRBG), seeded by the firmware's
/// chance.</summary>
public static unsafe class RandomBytes
{
    /// <summary>Fills <paramref name="target"/> whole.</summary>
    /// <exception cref="BootFailure">There is no entropy.</exception>
    public static void Fill(Span<byte> target)
    {
        CLibrary.UsePsa();
        int status;
        fixed (byte* bytes = target) status = Native.PsaRandom(bytes, (nuint)target.Length);
        if (status != 0) throw CryptoFailure.Of("no random numbers can be made", status);
    }
}
