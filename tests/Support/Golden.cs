using System;
using System.Collections.Generic;
using System.Globalization;

namespace Bootlace.Tests.Support;

/// <summary>Golden bytes as text: hexadecimal pairs, one field a line, a comment behind a semicolon. A quoted part
/// stands for its ASCII bytes, <c>00*12</c> for twelve zeros.</summary>
public static class Golden
{
    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        foreach (string line in text.Split('\n'))
        {
            string fields = line.Trim();
            while (fields.Length > 0 && fields[0] != ';') fields = TakeField(fields, bytes).TrimStart();
        }
        return bytes.ToArray();
    }

    private static string TakeField(string fields, List<byte> bytes)
    {
        if (fields[0] == '"')
        {
            int end = fields.IndexOf('"', 1);
            foreach (char letter in fields[1..end]) bytes.Add((byte)letter);
            return fields[(end + 1)..];
        }
        int blank = fields.IndexOf(' ');
        string[] parts = (blank < 0 ? fields : fields[..blank]).Split('*');
        int count = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        for (int i = 0; i < count; i++) bytes.AddRange(Convert.FromHexString(parts[0]));
        return blank < 0 ? "" : fields[blank..];
    }
}
