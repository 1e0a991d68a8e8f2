using System;

namespace Bootlace.Wire;

/// <summary>What a switch says of who may use its port: a message of IEEE 802.1X (IEEE 802.1X-2010, clause 11.3) and
/// the EAP packet in it, if it holds one (RFC 3748, section 4).</summary>
public readonly ref struct EapolView
{
    private const int TypeOffset = 1, LengthOffset = 2, HeaderBytes = 4;
    private const int EapLengthOffset = 2, EapHeaderBytes = 4;
    private const byte EapPacket = 0, Request = 1, Success = 3, Failure = 4;

    private readonly ReadOnlySpan<byte> _eap;   // empty: the message is about something else

    private EapolView(ReadOnlySpan<byte> eap) => _eap = eap;

    /// <summary>Reads a message; padding may follow it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EapolView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadLength;
        int bodyBytes = BigEndian.ReadU16(bytes, LengthOffset);
        if (bodyBytes > bytes.Length - HeaderBytes) return false;
        ReadOnlySpan<byte> eap = default;
        if (bytes[TypeOffset] == EapPacket)
        {
            eap = bytes.Slice(HeaderBytes, bodyBytes);
            if (eap.Length < EapHeaderBytes) return false;
            int eapBytes = BigEndian.ReadU16(eap, EapLengthOffset);
            if (eapBytes < EapHeaderBytes || eapBytes > eap.Length) return false;
        }
        error = ParseError.None;
        view = new EapolView(eap);
        return true;
    }

    /// <summary>The switch asks who is there: it lets nothing else through until it knows.</summary>
    public bool IsQuestion => IsEap(Request);

    /// <summary>The switch has decided, either way.</summary>
    public bool IsDecision => IsEap(Success) || IsEap(Failure);

    private bool IsEap(byte code) => _eap.Length > 0 && _eap[0] == code;
}
