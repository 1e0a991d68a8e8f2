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
    public static CipherSpeed Measure(IClock clock) => new(MeasureAes(clock), MeasureChaCha(clock));

    private static long MeasureAes(IClock clock)
    {
        byte* key = stackalloc byte[KeyBytes], nonce = stackalloc byte[NonceBytes], tag = stackalloc byte[TagBytes];
        nint gcm = CLibrary.Allocate(Native.SizeOf(Structure.Gcm)), piece = CLibrary.Allocate(PieceBytes);
        Native.GcmInitialize(gcm);
        Native.GcmKey(gcm, Aes, key, AesBits);
        Instant start = clock.Now;
        int count = 0;
        do
        {
            Native.GcmCrypt(
                gcm, Encrypt, PieceBytes, nonce, NonceBytes, null, 0, (byte*)piece, (byte*)piece, TagBytes, tag);
            count++;
        }
        while (clock.Now - start < Each && count < PiecesMax);
        Duration time = clock.Now - start;
        Native.GcmFree(gcm);
        CLibrary.Release(piece);
        CLibrary.Release(gcm);
        return Rate(count, time);
    }

    private static long MeasureChaCha(IClock clock)
    {
        byte* key = stackalloc byte[KeyBytes], nonce = stackalloc byte[NonceBytes], tag = stackalloc byte[TagBytes];
        nint chaCha = CLibrary.Allocate(Native.SizeOf(Structure.ChaChaPoly)), piece = CLibrary.Allocate(PieceBytes);
        Native.ChaChaPolyInitialize(chaCha);
        Native.ChaChaPolyKey(chaCha, key);
        Instant start = clock.Now;
        int count = 0;
        do
        {
            Native.ChaChaPolyEncrypt(chaCha, PieceBytes, nonce, null, 0, (byte*)piece, (byte*)piece, tag);
            count++;
        }
        while (clock.Now - start < Each && count < PiecesMax);
        Duration time = clock.Now - start;
        Native.ChaChaPolyFree(chaCha);
        CLibrary.Release(piece);
        CLibrary.Release(chaCha);
        return Rate(count, time);
    }

    private static long Rate(int pieces, Duration time) =>
        pieces * (long)PieceBytes * 1_000_000 / Math.Max(1, time.Microseconds);
}
