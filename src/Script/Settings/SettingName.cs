namespace Bootlace.Script;

/// <summary>A setting as scripts write it: <c>[scope/]name[:type]</c> (spec/ipxe-compat.md 1.5).</summary>
/// <param name="Scope">Blocks joined by dots; empty: the root.</param>
/// <param name="Name">A word or a number.</param>
/// <param name="TypeName">The type asked for; null: none.</param>
public readonly record struct SettingName(string Scope, string Name, string? TypeName)
{
    /// <summary>Cuts a reference into its parts; every text is one.</summary>
    public static SettingName Parse(string text)
    {
        int slash = text.IndexOf('/');
        string scope = slash < 0 ? "" : text.Substring(0, slash);
        string rest = text.Substring(slash + 1);
        int colon = rest.IndexOf(':');
        return colon < 0
            ? new SettingName(scope, rest, null)
            : new SettingName(scope, rest.Substring(0, colon), rest.Substring(colon + 1));
    }

    /// <summary>The number that <paramref name="name"/> is: parts joined by dots, each <c>tag &lt;&lt; 8 | part</c>; 0
    /// if it is a word.</summary>
    public static ulong ReadTag(string name)
    {
        if (name.Length == 0 || name[0] is < '0' or > '9') return 0;
        ulong tag = 0;
        int start = 0;
        while (start <= name.Length)
        {
            int dot = name.IndexOf('.', start);
            int end = dot < 0 ? name.Length : dot;
            if (!NumberText.TryReadUnsigned(name.Substring(start, end - start), out ulong part)) return 0;
            tag = tag << 8 | part;
            start = end + 1;
        }
        return tag;
    }
}
