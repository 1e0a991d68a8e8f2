using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>What can go wrong in the C library itself: area 0c, numbers from 0080. What a peer does wrong is Tls's and
/// the certificates' to name.</summary>
public static class CryptoFailure
{
    /// <summary>The library's memory is full.</summary>
    public static readonly FailureKind OutOfMemory = new(0x310c0080,
        "There is no memory left for encryption",
        "fewer connections at once, or fewer trusted certificates, need less");

    /// <summary>A call failed that should not.</summary>
    public static readonly FailureKind Internal = new(0x1d0c0081,
        "The encryption library failed",
        "please report this, with the number it gives");

    /// <summary>There is no chance to make keys of.</summary>
    public static readonly FailureKind NoEntropy = new(0x2c0c0082,
        "This machine has no source of random numbers, and keys cannot be made without",
        "a machine with a generator is needed: EFI_RNG_PROTOCOL, RDRAND or RNDR; in QEMU -device virtio-rng-pci");

    /// <summary>The failure for a status of the library.</summary>
    /// <param name="what">What was attempted, in the past or the passive: "the key cannot be read".</param>
    /// <param name="status">A negative number.</param>
    internal static BootFailure Of(string what, int status) => IsOutOfMemory(status)
        ? new BootFailure(OutOfMemory)
        : new BootFailure(Internal, $"Encryption: {what} (-0x{-status:x4})");

    /// <summary>Whether a status says that memory ran out.</summary>
    internal static bool IsOutOfMemory(int status)
    {
        const int PsaNoMemory = -141, UpperPart = 0x7f80, LowerPart = 0x7f;
        bool upper = (-status & UpperPart) is 0x1180 or 0x2880 or 0x3f80 or 0x4d80 or 0x5180 or 0x6180 or 0x7f00;
        bool lower = (-status & LowerPart) is 0x10 or 0x6a;   // what the upper one stumbled over: numbers, ASN.1
        return status == PsaNoMemory || upper || lower;
    }
}
