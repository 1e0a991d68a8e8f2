using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>A URI as boot scripts write them (spec/ipxe-compat.md 5.1): a lenient reading of RFC 3986. Immutable. Path
/// and query stay as written, the other fields are percent-decoded.</summary>
public sealed class BootUri
{
    /// <summary>Longest text taken.</summary>
    public const int CharactersMax = 65_535;

    private const int ShownOpaqueMax = 80;   // data: carries a whole file there
    private const string ParamsMark = "##params";

    private BootUri() { }

    /// <summary>What stands before the first colon, in lower case; null: a relative reference.</summary>
    public string? Scheme { get; private init; }

    /// <summary>All that follows the scheme where that is not a path (<c>file:x</c>, <c>iscsi:…</c>), as written; else
    /// null.
    /// </summary>
    public string? Opaque { get; private init; }

    /// <summary>User name; null: none.</summary>
    public string? User { get; private init; }

    /// <summary>Password; null: none.</summary>
    public string? Password { get; private init; }

    /// <summary>Server name or address, an IPv6 literal without its brackets; null: no authority part at all.</summary>
    public string? Host { get; private init; }

    /// <summary>Port; null: the scheme's own.</summary>
    public ushort? Port { get; private init; }

    /// <summary>Path as written, with its leading slash; empty: none.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Query as written, without its question mark; null: none.</summary>
    public string? Query { get; private init; }

    /// <summary>Fragment; null: none.</summary>
    public string? Fragment { get; private init; }

    /// <summary>Name of the form parameters list asked for by <c>##params[=name]</c>; empty: the unnamed one; null:
    /// none.
    /// </summary>
    public string? ParamsName { get; private init; }

    /// <summary>What <see cref="ParamsName"/> named, once somebody has looked: for the first request only, not for
    /// where a server sends us then.</summary>
    public RequestParameters? Parameters { get; private init; }

    /// <summary>True once there is a scheme: it can be opened without a base.</summary>
    public bool IsAbsolute => Scheme is not null;

    /// <summary>Path, or opaque part, with percent signs decoded.</summary>
    public string DecodedPath => PercentEncoding.DecodeText(Opaque ?? Path);

    /// <summary>What follows the last slash of the path, decoded: the name an image gets. May be empty.</summary>
    public string FileName
    {
        get
        {
            string path = Opaque ?? Path;
            return PercentEncoding.DecodeText(path[(path.LastIndexOf('/') + 1)..]);
        }
    }

    /// <summary>Reads a URI or a relative reference; throws <see cref="UriFailure.Malformed"/> where it is
    /// neither.</summary>
    public static BootUri Parse(string text)
    {
        if (text.Length > CharactersMax)
            throw new BootFailure(UriFailure.TooLong, $"a URI of {text.Length} characters is too long");

        string rest = text;
        string? paramsName = null, fragment = null;
        if (rest.IndexOf(ParamsMark, StringComparison.Ordinal) is var mark and >= 0)
        {
            string after = rest[(mark + ParamsMark.Length)..];
            paramsName = after.Length > 0 ? after[1..] : "";   // one character, normally '=', parts mark and name
            rest = rest[..mark];
        }
        if (rest.IndexOf('#') is var hash and >= 0)
        {
            fragment = PercentEncoding.DecodeText(rest[(hash + 1)..]);
            rest = rest[..hash];
        }

        string? scheme = CutScheme(ref rest);
        if (scheme is not null && !rest.StartsWith('/'))
            return new BootUri { Scheme = scheme, Opaque = rest, Fragment = fragment, ParamsName = paramsName };

        string? query = null;
        if (rest.IndexOf('?') is var question and >= 0)
        {
            query = rest[(question + 1)..];
            rest = rest[..question];
        }
        Authority authority = default;
        if (scheme is not null && rest.StartsWith("//", StringComparison.Ordinal))   // "//h/p" alone is a path
        {
            int slash = rest.IndexOf('/', 2);
            authority = ReadAuthority(slash < 0 ? rest[2..] : rest[2..slash], text);
            rest = slash < 0 ? "" : rest[slash..];
        }
        return new BootUri
        {
            Scheme = scheme,
            User = authority.User,
            Password = authority.Password,
            Host = authority.Host,
            Port = authority.Port,
            Path = rest,
            Query = query,
            Fragment = fragment,
            ParamsName = paramsName,
        };
    }

    /// <summary>The same URI, to be requested with <paramref name="parameters"/>.</summary>
    public BootUri With(RequestParameters parameters) => new()
    {
        Scheme = Scheme,
        Opaque = Opaque,
        User = User,
        Password = Password,
        Host = Host,
        Port = Port,
        Path = Path,
        Query = Query,
        Fragment = Fragment,
        ParamsName = ParamsName,
        Parameters = parameters,
    };

    /// <summary>What a server's address and the boot file name of DHCP stand for (spec 4.6): the name itself where it
    /// is an absolute URI with a path, else <c>tftp://server/name</c> with every character of the name kept.</summary>
    public static BootUri FromServerAndFilename(string server, string filename)
    {
        string rest = filename;
        if (CutScheme(ref rest) is not null && rest.StartsWith('/')) return Parse(filename);
        if (server.Length == 0)
            throw new BootFailure(UriFailure.NoHost,
                $"there is a boot file name '{filename}', but no server to get it from");
        string path = "/" + PercentEncoding.EncodeText(filename, "?#");
        if (path.Length > CharactersMax) throw new BootFailure(UriFailure.TooLong);
        return new BootUri { Scheme = "tftp", Host = server, Path = path };
    }

    /// <summary>The absolute URI this one means inside something that came from <paramref name="working"/> (cwuri). An
    /// absolute one means itself. Throws <see cref="UriFailure.NoBase"/> where there is nothing to be relative
    /// to.</summary>
    /// <remarks>Of <c>.</c> and <c>..</c> only leading segments are resolved, the rest is the server's business.
    /// Against an opaque <c>file:autoexec.ipxe</c> it resolves beside that file; iPXE 2.0.0 gives the base itself there
    /// and re-runs it for ever.</remarks>
    public BootUri ResolveAgainst(BootUri? working)
    {
        if (IsAbsolute) return this;
        if (working is null || !working.IsAbsolute)
            throw new BootFailure(UriFailure.NoBase, $"'{Text}' has no scheme and nothing to be relative to");
        if (working.Opaque is not null) return ResolveAgainstOpaque(working, working.Opaque);
        return new BootUri
        {
            Scheme = working.Scheme,
            User = working.User,
            Password = working.Password,
            Host = working.Host,
            Port = working.Port,
            Path = Path.Length == 0 ? working.Path : Merge(working.Path, Path, root: working.Host is null ? "" : "/"),
            Query = Path.Length == 0 ? Query ?? working.Query : Query,
            Fragment = Fragment,
            ParamsName = ParamsName,
        };
    }

    /// <summary>The whole URI, user and password included: for <c>${cwuri}</c> and for parsing again.</summary>
    public string Text => Format(complete: true);

    /// <summary>The URI without user, password, query and fragment: what may be shown.</summary>
    public override string ToString() => Format(complete: false);

    private BootUri ResolveAgainstOpaque(BootUri working, string opaque)
    {
        if (working.Scheme != "file")
            throw new BootFailure(UriFailure.NoBase, $"'{Text}' cannot be relative to a {working.Scheme}: URI");
        string path = Path.Length == 0 ? opaque : Merge(opaque, Path, root: "");
        if (Query is not null) path += "?" + Query;
        bool isRooted = path.StartsWith('/');
        return new BootUri
        {
            Scheme = working.Scheme,
            Opaque = isRooted ? null : path,
            Path = isRooted ? path : "",
            Fragment = Fragment,
            ParamsName = ParamsName,
        };
    }

    private static string Merge(string basePath, string path, string root)
    {
        if (path.StartsWith('/')) return path;
        string folder = basePath[..(basePath.LastIndexOf('/') + 1)];
        if (folder.Length == 0) folder = root;
        while (LeadingDots(path) is var dots and > 0)
        {
            path = path.Length > dots ? path[(dots + 1)..] : "";
            if (dots == 1 || folder.Length <= 1) continue;
            folder = folder[..(folder.LastIndexOf('/', folder.Length - 2) + 1)];
        }
        return folder + path;
    }

    /// <summary>1 where the first segment is ".", 2 where it is "..", else 0.</summary>
    private static int LeadingDots(string path)
    {
        int dots = 0;
        while (dots < path.Length && dots < 3 && path[dots] == '.') dots++;
        return dots <= 2 && (dots == path.Length || path[dots] == '/') ? dots : 0;
    }

    /// <summary>Letters, '-' and '_' before a colon; iPXE's reading takes no digits, '+' or '.' there.</summary>
    private static string? CutScheme(ref string text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetter(text[length]) || text[length] is '-' or '_')) length++;
        if (length == 0 || length == text.Length || text[length] != ':') return null;
        string scheme = text[..length].ToLowerInvariant();
        text = text[(length + 1)..];
        return scheme;
    }

    private readonly record struct Authority(string? User, string? Password, string? Host, ushort? Port);

    private static Authority ReadAuthority(string authority, string whole)
    {
        string? user = null, password = null;
        if (authority.LastIndexOf('@') is var at and >= 0)
        {
            user = authority[..at];
            authority = authority[(at + 1)..];
            if (user.IndexOf(':') is var colon and >= 0)
            {
                password = PercentEncoding.DecodeText(user[(colon + 1)..]);
                user = user[..colon];
            }
            user = PercentEncoding.DecodeText(user);
        }
        string host = authority, port = "";
        if (authority.StartsWith('['))
        {
            int bracket = authority.IndexOf(']');
            if (bracket < 0) throw Malformed(whole, "its IPv6 address has no closing bracket");
            host = authority[1..bracket];
            string after = authority[(bracket + 1)..];
            if (after.Length > 0 && after[0] != ':')
                throw Malformed(whole, "something stands between its IPv6 address and its port");
            port = after.Length > 0 ? after[1..] : "";
        }
        else if (authority.IndexOf(':') is var colon and >= 0)
        {
            host = authority[..colon];
            port = authority[(colon + 1)..];
        }
        host = PercentEncoding.DecodeText(host);
        foreach (char c in host)
        {
            if (c is <= ' ' or >= '\x7f' or '/' or '[' or ']')
                throw Malformed(whole, "its server name has a bad character");
        }
        return new Authority(user, password, host, port.Length == 0 ? null : ReadPort(port, whole));
    }

    /// <summary>Decimal, 0x hexadecimal or leading-zero octal, as the C base 0 does.</summary>
    private static ushort ReadPort(string text, string whole)
    {
        uint radix = 10;
        int index = 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            radix = 16;
            index = 2;
        }
        else if (text[0] == '0')
        {
            radix = 8;
        }
        uint value = 0;
        bool isGood = index < text.Length;
        for (; isGood && index < text.Length; index++)
        {
            uint digit = text[index] switch
            {
                >= '0' and <= '9' => text[index] - (uint)'0',
                >= 'a' and <= 'f' => text[index] - (uint)'a' + 10,
                >= 'A' and <= 'F' => text[index] - (uint)'A' + 10,
                _ => radix,
            };
            value = value * radix + digit;
            isGood = digit < radix && value <= ushort.MaxValue;
        }
        if (!isGood || value == 0) throw Malformed(whole, $"'{text}' is no port");
        return (ushort)value;
    }

    private static BootFailure Malformed(string text, string reason)
    {
        // The text may carry a password and may be long: name its beginning up to the authority only.
        int end = text.IndexOf(':');
        string scheme = end is > 0 and < 16 ? text[..end] + " " : "";
        return new BootFailure(UriFailure.Malformed, $"the {scheme}URI is malformed: {reason}");
    }

    private string Format(bool complete)
    {
        var text = new StringBuilder();
        if (Scheme is not null) text.Append(Scheme).Append(':');
        if (Opaque is not null) text.Append(PercentEncoding.Tidy(complete ? Opaque : Shorten(Opaque)));
        if (Host is not null)
        {
            text.Append("//");
            if (complete) AppendUser(text);
            if (Host.IndexOf(':') >= 0) text.Append('[').Append(PercentEncoding.EncodeText(Host, "")).Append(']');
            else text.Append(PercentEncoding.EncodeText(Host, "@?#"));
            if (Port is { } port) text.Append(':').Append(port);
        }
        else if (Scheme is not null && Path.StartsWith("//", StringComparison.Ordinal))
        {
            text.Append("//");   // an empty authority, so that the path is not read as one
        }
        text.Append(PercentEncoding.Tidy(Path));
        if (complete)
        {
            if (Query is not null) text.Append('?').Append(PercentEncoding.Tidy(Query));
            if (Fragment is not null) text.Append('#').Append(PercentEncoding.EncodeText(Fragment, ""));
        }
        return text.ToString();
    }

    private static string Shorten(string opaque) =>
        opaque.Length <= ShownOpaqueMax ? opaque : opaque[..ShownOpaqueMax] + "...";

    private void AppendUser(StringBuilder text)
    {
        if (User is null) return;
        text.Append(PercentEncoding.EncodeText(User, ":/@?#"));
        if (Password is not null) text.Append(':').Append(PercentEncoding.EncodeText(Password, ":/@?#"));
        text.Append('@');
    }
}
