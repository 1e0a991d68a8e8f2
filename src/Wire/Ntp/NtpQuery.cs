using System;

namespace Bootlace.Wire;

/// <summary>The question of a client (RFC 5905, section 7.3): what it says of itself is nothing but a number.</summary>
/// <param name="Cookie">Stands where our time would: the server repeats it, and nobody can guess it.</param>
public readonly record struct NtpQuery(NtpTime Cookie)
{
    private const byte Version4Client = 4 << 3 | 3;

    /// <summary>Writes it.</summary>
    /// <returns>Its length.</returns>
    public int Emit(Span<byte> target)
    {
        target[..NtpView.Bytes].Clear();
        target[0] = Version4Client;
        BigEndian.WriteU64(target, NtpView.TransmitOffset, Cookie.Value);
        return NtpView.Bytes;
    }
}
