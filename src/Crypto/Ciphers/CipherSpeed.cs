using System;
using Bootlace.Net;

namespace Bootlace.Crypto;

/// <summary>How fast this machine encrypts: with instructions for AES many times faster than without, which decides
/// what to offer first.</summary>
/// <param name="AesBytesASecond">AES-128-GCM.</param>
/// <param name="ChaChaBytesASecond">ChaCha20-Poly1305.</param>
public readonly unsafe record struct CipherSpeed(long AesBytesASecond, long ChaChaBytesASecond)
{
    private const int PieceBytes = 1024, NonceBytes = 12, TagBytes = 16, KeyBytes = 32;
    private const int Aes = 2, AesBits = 128, Encrypt = 1;
    private const int PiecesMax = 4096;   // a clock that stands still
    private static readonly Duration Each = new(500);   // microseconds

    /// <summary>Whether AES-GCM should be offered first.</summary>
    public bool IsAesFaster => AesBytesASecond > ChaChaBytesASecond;

    /// <summary>Measures for a millisecond.</summary>
    /// <exception cref="Bootlace.Wire.BootFailure">There is no memory.</exception>
    public static CipherSpeed Measure(IClock clock) => new(Measure(clock, isAes: true), Measure(clock, isAes: false));

    private static long Measure(IClock clock, bool isAes)
    {
        nint cipher = CLibrary.Allocate(Native.SizeOf(isAes ? Structure.Gcm : Structure.ChaChaPoly));
        try
        {
            nint piece = CLibrary.Allocate(PieceBytes);
            Begin(cipher, isAes);
            Instant start = clock.Now;
            int count = 0;
            do Seal(cipher, isAes, (byte*)piece);
            while (++count < PiecesMax && clock.Now - start < Each);
            Duration time = clock.Now - start;
            if (isAes) Native.GcmFree(cipher);
            else Native.ChaChaPolyFree(cipher);
            CLibrary.Release(piece);
            return count * (long)PieceBytes * 1_000_000 / Math.Max(1, time.Microseconds);
        }
        finally
        {
            CLibrary.Release(cipher);
        }
    }

    private static void Begin(nint cipher, bool isAes)
    {
        byte* key = stackalloc byte[KeyBytes];   // zeros do
        if (isAes)
        {
            Native.GcmInitialize(cipher);
            Native.GcmKey(cipher, Aes, key, AesBits);
        }
        else
        {
            Native.ChaChaPolyInitialize(cipher);
            Native.ChaChaPolyKey(cipher, key);
        }
    }

    private static void Seal(nint cipher, bool isAes, byte* piece)
    {
        byte* nonce = stackalloc byte[NonceBytes], tag = stackalloc byte[TagBytes];
        if (isAes)
            Native.GcmCrypt(cipher, Encrypt, PieceBytes, nonce, NonceBytes, null, 0, piece, piece, TagBytes, tag);
        else
            Native.ChaChaPolyEncrypt(cipher, PieceBytes, nonce, null, 0, piece, piece, tag);
    }
}
