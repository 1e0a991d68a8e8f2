using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Keys as scripts write them (spec/ipxe-compat.md 1.7).</summary>
public static class KeyText
{
    /// <summary>Where the numbers of special keys begin: beyond Unicode.</summary>
    public const int SpecialKeys = 0x110000;

    /// <summary>One character is itself; otherwise an integer, of which those above 0x7f name special keys. 0, and no
    /// text at all, is no key.</summary>
    public static int Read(string text)
    {
        if (text.Length == 0) return 0;
        string unicode = ByteText.ToUnicode(text);
        if (unicode.Length == 1) return unicode[0];
        if (!NumberText.TryRead(text, out long number) || number < 0 || number > int.MaxValue)
            throw new BootFailure(ScriptFailure.BadKey, $"'{unicode}' is not a key");
        return number > 0x7f && number < SpecialKeys ? (int)number + SpecialKeys : (int)number;
    }
}
