using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>A server's answer (RFC 5905, section 7.3). Extensions and digests behind it are not looked at.</summary>
public readonly ref struct NtpView
{
    /// <summary>Length of a message.</summary>
    public const int Bytes = 48;

    internal const int TransmitOffset = 40;

    private const int StratumOffset = 1, ReferenceOffset = 12, OriginOffset = 24, ReferenceBytes = 4;
    private const int VersionLeast = 3, VersionMost = 4, ServerMode = 4, UnknownLeap = 3, StratumMost = 15;

    private readonly ReadOnlySpan<byte> _message;

    private NtpView(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Reads a message of a server; those of anybody else are refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out NtpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < Bytes) return false;
        int version = bytes[0] >> 3 & 7;
        error = version is < VersionLeast or > VersionMost ? ParseError.BadVersion
            : (bytes[0] & 7) != ServerMode ? ParseError.BadKind : ParseError.None;
        if (error != ParseError.None) return false;
        view = new NtpView(bytes[..Bytes]);
        return true;
    }

    /// <summary>It does not tell the time but its <see cref="Refusal"/> ("kiss of death", section 7.4).</summary>
    public bool IsRefusal => _message[StratumOffset] == 0;

    /// <summary>Why it will not tell: DENY, RSTR, RATE …; only letters are taken over.</summary>
    public string Refusal
    {
        get
        {
            ReadOnlySpan<byte> code = _message.Slice(ReferenceOffset, ReferenceBytes);
            return code.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0 ? Encoding.ASCII.GetString(code) : "";
        }
    }

    /// <summary>The server knows the time itself.</summary>
    public bool IsSynchronized => _message[0] >> 6 != UnknownLeap && _message[StratumOffset] is > 0 and <= StratumMost;

    /// <summary>The question's <see cref="NtpQuery.Cookie"/>.</summary>
    public NtpTime Origin => new(BigEndian.ReadU64(_message, OriginOffset));

    /// <summary>When it was sent.</summary>
    public NtpTime Transmitted => new(BigEndian.ReadU64(_message, TransmitOffset));
}
