using System;

namespace Bootlace.Crypto;

/// <summary>The cipher suites: which are offered, in which order, and what they are called.</summary>
public static class TlsSuites
{
    /// <summary>The most that are offered at once.</summary>
    public const int CountMax = 16;

    // TLS 1.3 first, then 1.2: ECDSA before RSA.
    private static ReadOnlySpan<ushort> ChaCha => [0x1303, 0xcca9, 0xcca8];
    private static ReadOnlySpan<ushort> Aes128 => [0x1301, 0xc02b, 0xc02f];
    private static ReadOnlySpan<ushort> Aes256 => [0x1302, 0xc02c, 0xc030];

    // TLS 1.2 as old servers have it: CBC with SHA-2.
    private static ReadOnlySpan<ushort> Old => [0xc023, 0xc027, 0xc024, 0xc028];

    /// <summary>Writes the suites to offer, the best first.</summary>
    /// <param name="isAesFaster">Whether AES-GCM is faster than ChaCha20-Poly1305 on this machine.</param>
    /// <param name="target">Room for <see cref="CountMax"/>.</param>
    /// <returns>How many.</returns>
    public static int Write(bool isAesFaster, Span<ushort> target)
    {
        int count = 0;
        if (!isAesFaster) Append(ChaCha, target, ref count);
        Append(Aes128, target, ref count);
        Append(Aes256, target, ref count);
        if (isAesFaster) Append(ChaCha, target, ref count);
        Append(Old, target, ref count);
        return count;
    }

    /// <summary>A suite's name, without the TLS_ in front; its number when it is none of ours.</summary>
    public static string NameOf(int suite) => suite switch
    {
        0x1301 => "AES_128_GCM_SHA256",
        0x1302 => "AES_256_GCM_SHA384",
        0x1303 => "CHACHA20_POLY1305_SHA256",
        0xc02b => "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        0xc02c => "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        0xc02f => "ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        0xc030 => "ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        0xcca8 => "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        0xcca9 => "ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        0xc023 => "ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        0xc024 => "ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        0xc027 => "ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        0xc028 => "ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        _ => $"0x{suite:x4}",
    };

    private static void Append(ReadOnlySpan<ushort> suites, Span<ushort> target, ref int count)
    {
        suites.CopyTo(target[count..]);
        count += suites.Length;
    }
}
