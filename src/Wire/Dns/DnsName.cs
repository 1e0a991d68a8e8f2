using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>Domain names as DNS messages and DHCP option 119 hold them: labels with lengths in front, the rest perhaps
/// elsewhere in the message (RFC 1035 section 4.1.4).</summary>
public static class DnsName
{
    /// <summary>Longest name on the wire, with all lengths (RFC 1035 section 2.3.4).</summary>
    public const int BytesMax = 255;

    /// <summary>Longest label.</summary>
    public const int LabelBytesMax = 63;

    private const int PointersMax = 64, PointerBits = 0xc0;

    /// <summary>Writes a name; a dot at its end is allowed. False if it is empty, a label is empty or too long, it has
    /// other characters than visible ASCII, or it does not fit.</summary>
    public static bool TryEmit(Span<byte> target, ReadOnlySpan<char> name, out int countBytes)
    {
        countBytes = 0;
        if (name.Length > 0 && name[^1] == '.') name = name[..^1];
        if (name.Length is 0 or > BytesMax - 2 || target.Length < name.Length + 2) return false;
        int at = 0;
        while (true)
        {
            int dot = name.IndexOf('.');
            ReadOnlySpan<char> label = dot < 0 ? name : name[..dot];
            if (label.Length is 0 or > LabelBytesMax) return false;
            target[at++] = (byte)label.Length;
            for (int i = 0; i < label.Length; i++)
            {
                if (label[i] is <= ' ' or >= (char)0x7f) return false;
                target[at++] = (byte)label[i];
            }
            if (dot < 0) break;
            name = name[(dot + 1)..];
        }
        target[at++] = 0;
        countBytes = at;
        return true;
    }

    /// <summary>Reads the name at <paramref name="at"/> of a message and moves behind it. The text has lower-case
    /// letters and no dot at its end; the root is empty. Refused: labels with a dot or anything but visible ASCII, more
    /// than 255 bytes, and a pointer that does not go back before the part it ends and to <paramref name="floor"/> or
    /// behind, so that no chain loops.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ref int at, int floor, out string name)
    {
        name = "";
        var text = new StringBuilder();
        int cursor = at, partAt = at, pointers = 0, nameBytes = 1;
        while (true)
        {
            if (cursor >= message.Length) return false;
            int length = message[cursor++];
            if ((length & PointerBits) == PointerBits)
            {
                if (cursor >= message.Length || ++pointers > PointersMax) return false;
                int goal = (length & ~PointerBits) << 8 | message[cursor++];
                if (goal >= partAt || goal < floor) return false;
                if (pointers == 1) at = cursor;
                cursor = partAt = goal;
                continue;
            }
            if (length == 0) break;
            nameBytes += 1 + length;
            if (length > LabelBytesMax || nameBytes > BytesMax || length > message.Length - cursor) return false;
            if (text.Length > 0) text.Append('.');
            if (!TryAppendLabel(text, message.Slice(cursor, length))) return false;
            cursor += length;
        }
        if (pointers == 0) at = cursor;
        name = text.ToString();
        return true;
    }

    private static bool TryAppendLabel(StringBuilder text, ReadOnlySpan<byte> label)
    {
        for (int i = 0; i < label.Length; i++)
        {
            if (label[i] is <= (byte)' ' or >= 0x7f or (byte)'.') return false;
            text.Append(char.ToLowerInvariant((char)label[i]));
        }
        return true;
    }
}
