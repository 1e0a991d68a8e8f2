using System;

namespace Bootlace.Wire;

/// <summary>The options of a DHCP packet, all areas of it, or those inside one encapsulating option (RFC 2131 section
/// 4.1, RFC 2132). The lists have been walked once, so every length in them holds.</summary>
public readonly ref struct DhcpOptions
{
    private const byte Pad = 0, End = 255;

    private readonly ReadOnlySpan<byte> _main, _file, _serverName;

    private DhcpOptions(ReadOnlySpan<byte> main, ReadOnlySpan<byte> file, ReadOnlySpan<byte> serverName)
    {
        _main = main;
        _file = file;
        _serverName = serverName;
    }

    /// <summary>Reads a list of options that ends with 255 or with the bytes. An option that runs past them is refused.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> main, out DhcpOptions options, out ParseError error) =>
        TryRead(main, default, default, out options, out error);

    /// <summary>Reads the options of a packet: behind the header and, as far as option 52 says so, in its file and
    /// server name fields.</summary>
    internal static bool TryRead(
        ReadOnlySpan<byte> main, ReadOnlySpan<byte> file, ReadOnlySpan<byte> serverName,
        out DhcpOptions options, out ParseError error)
    {
        options = default;
        error = ParseError.BadOption;
        if (!IsWellFormed(main)) return false;
        var mainOnly = new DhcpOptions(main, default, default);
        bool hasOverload = mainOnly.TryFind(DhcpOption.Overload, out ReadOnlySpan<byte> value) && value.Length == 1;
        int overload = hasOverload ? value[0] : 0;
        bool hasFile = (overload & 1) != 0, hasServerName = (overload & 2) != 0;
        if (hasFile && !IsWellFormed(file)) return false;
        if (hasServerName && !IsWellFormed(serverName)) return false;
        error = ParseError.None;
        options = new DhcpOptions(main, hasFile ? file : default, hasServerName ? serverName : default)
        {
            IsFileOverloaded = hasFile,
            IsServerNameOverloaded = hasServerName,
        };
        return true;
    }

    /// <summary>The header's file field holds options, not a file name.</summary>
    public bool IsFileOverloaded { get; private init; }

    /// <summary>The header's server name field holds options.</summary>
    public bool IsServerNameOverloaded { get; private init; }

    /// <summary>Finds an option's value; one that was split because it is longer than 255 bytes comes back joined (RFC
    /// 3396). An encapsulating option that is malformed inside holds nothing.</summary>
    public bool TryFind(DhcpTag tag, out ReadOnlySpan<byte> value)
    {
        int parts = 0, countBytes = 0;
        ReadOnlySpan<byte> first = default;
        for (int area = 0; area < 3; area++)
        {
            ReadOnlySpan<byte> rest = Area(area);
            while (TryTake(ref rest, tag.Code, out ReadOnlySpan<byte> part))
            {
                if (parts++ == 0) first = part;
                countBytes += part.Length;
            }
        }
        value = parts > 1 ? Join(tag.Code, countBytes) : first;
        if (parts == 0 || !tag.IsEncapsulated) return parts > 0;
        if (!TryRead(value, out DhcpOptions inner, out _))
        {
            value = default;
            return false;
        }
        return inner.TryFind(tag.Inner, out value);
    }

    /// <summary>Whether the option is there.</summary>
    public bool Has(DhcpTag tag) => TryFind(tag, out _);

    private ReadOnlySpan<byte> Area(int index) => index switch { 0 => _main, 1 => _file, _ => _serverName };

    private byte[] Join(byte code, int countBytes)
    {
        byte[] joined = new byte[countBytes];
        int at = 0;
        for (int area = 0; area < 3; area++)
        {
            ReadOnlySpan<byte> rest = Area(area);
            while (TryTake(ref rest, code, out ReadOnlySpan<byte> part))
            {
                part.CopyTo(joined.AsSpan(at));
                at += part.Length;
            }
        }
        return joined;
    }

    /// <summary>Takes the next option with that code from a list that is well formed.</summary>
    private static bool TryTake(scoped ref ReadOnlySpan<byte> rest, byte code, out ReadOnlySpan<byte> value)
    {
        while (rest.Length > 0 && rest[0] != End)
        {
            if (rest[0] == Pad)
            {
                rest = rest[1..];
                continue;
            }
            bool found = rest[0] == code;
            value = rest.Slice(2, rest[1]);
            rest = rest[(2 + value.Length)..];
            if (found) return true;
        }
        value = default;
        return false;
    }

    private static bool IsWellFormed(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0 && rest[0] != End)
        {
            if (rest[0] == Pad)
            {
                rest = rest[1..];
                continue;
            }
            if (rest.Length < 2 || rest[1] > rest.Length - 2) return false;
            rest = rest[(2 + rest[1])..];
        }
        return true;
    }
}
