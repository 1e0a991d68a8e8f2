using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Reads the blocks of a PEM text (RFC 7468) one after the other. What stands between them is a comment.
/// </summary>
public ref struct PemReader(ReadOnlySpan<byte> text)
{
    private const int LabelBytesMax = 64;
    private const int PendingBitsMax = 6;   // of the last, incomplete byte

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Whether there is a block in it, and it is a text: an encoded certificate, which may hold any text,
    /// begins with a length that no text has.</summary>
    public static bool LooksLikePem(ReadOnlySpan<byte> bytes)
    {
        bool isEncoded = bytes.Length > 1 && bytes[0] == DerTag.Sequence.Value && bytes[1] > 0x80;
        return !isEncoded && bytes.IndexOf("-----BEGIN "u8) >= 0;
    }

    /// <summary>Reads the next block. False without an error: there is none any more.</summary>
    public bool TryRead(out PemBlock? block, out ParseError error)
    {
        block = null;
        error = ParseError.None;
        int start = _rest.IndexOf("-----BEGIN "u8);
        if (start < 0) return false;
        error = ParseError.BadText;
        _rest = _rest[(start + 11)..];
        int labelBytes = _rest.IndexOf("-----"u8);
        if (labelBytes is < 0 or > LabelBytesMax) return false;
        ReadOnlySpan<byte> label = _rest[..labelBytes];
        _rest = _rest[(labelBytes + 5)..];
        int bodyBytes = _rest.IndexOf("-----END "u8);
        if (bodyBytes < 0) return false;
        ReadOnlySpan<byte> body = _rest[..bodyBytes];
        _rest = _rest[(bodyBytes + 9)..];
        if (!_rest.StartsWith(label) || !_rest[labelBytes..].StartsWith("-----"u8)) return false;
        _rest = _rest[(labelBytes + 5)..];
        if (!TryDecodeBase64(body, out byte[] bytes)) return false;
        block = new PemBlock(Encoding.ASCII.GetString(label), bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Base64 with line ends and blanks anywhere (RFC 4648, section 4).</summary>
    internal static bool TryDecodeBase64(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = new byte[text.Length * 3 / 4];
        int count = 0, pendingBits = 0, digits = 0, pads = 0;
        uint pending = 0;
        foreach (byte letter in text)
        {
            if (letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') continue;
            digits++;
            if (letter == '=')
            {
                pads++;
                continue;
            }
            int value = ValueOf(letter);
            if (value < 0 || pads > 0) return false;
            pending = pending << 6 | (uint)value;
            pendingBits += 6;
            if (pendingBits < 8) continue;
            pendingBits -= 8;
            bytes[count++] = (byte)(pending >> pendingBits);
        }
        Array.Resize(ref bytes, count);
        bool isWhole = digits % 4 == 0 && pads <= 2 && pendingBits < PendingBitsMax && digits > 0;
        return isWhole && (pending & (1u << pendingBits) - 1) == 0;
    }

    private static int ValueOf(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
