using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Domain names in DNS form (RFC 3397), compression pointers allowed; shown only, separated by
/// blanks.</summary>
internal sealed class DnsSearchListType() : SettingType("dnssl")
{
    private const int LabelsMax = 256;

    /// <inheritdoc/>
    public override byte[] Parse(string text) => throw new BootFailure(ScriptFailure.TypeHasNoInput);

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        var names = new StringBuilder();
        text = "";
        int position = 0;
        while (position < value.Length)
        {
            if (names.Length > 0) names.Append(' ');
            if (!TryReadName(value, ref position, names)) return false;
        }
        text = names.ToString();
        return true;
    }

    /// <summary>Appends one name; <paramref name="position"/> moves behind it. Every pointer must go backwards, so the
    /// walk ends.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> value, ref int position, StringBuilder name)
    {
        int at = position;
        bool jumped = false;
        for (int labels = 0; labels < LabelsMax; labels++)
        {
            if (at >= value.Length) return false;
            int length = value[at];
            if (length >= 0xc0)
            {
                if (at + 1 >= value.Length) return false;
                int target = (length & 0x3f) << 8 | value[at + 1];
                if (target >= at) return false;
                if (!jumped) position = at + 2;
                jumped = true;
                at = target;
                continue;
            }
            if (length > 63 || length > value.Length - at - 1) return false;
            if (length == 0)
            {
                if (!jumped) position = at + 1;
                return true;
            }
            if (labels > 0 && name.Length > 0 && name[name.Length - 1] != ' ') name.Append('.');
            name.Append(ByteText.FromBytes(value.Slice(at + 1, length)));
            at += 1 + length;
        }
        return false;
    }
}
