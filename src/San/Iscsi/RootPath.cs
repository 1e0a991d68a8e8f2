using System;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>Where an iSCSI disk is: <c>iscsi:&lt;server&gt;:&lt;protocol&gt;:&lt;port&gt;:&lt;LUN&gt;:&lt;target
/// name&gt;</c> (RFC 4173 section 5).</summary>
public sealed record RootPath
{
    /// <summary>The port that is meant where none is given.</summary>
    public const ushort DefaultPort = 3260;

    /// <summary>The longest target or initiator name (RFC 7143 section 4.2.7.1).</summary>
    public const int NameBytesMax = 223;

    private const string Scheme = "iscsi:";
    private const int ServerLettersMax = 255;

    /// <summary>A name or an address; an IPv6 address stands here without brackets.</summary>
    public required string Server { get; init; }

    /// <summary>The portal's TCP port.</summary>
    public ushort Port { get; init; } = DefaultPort;

    /// <summary>The LUN's eight bytes as a big-endian number: LUN 1 is 0x0001000000000000.</summary>
    public ulong Lun { get; init; }

    /// <summary>The target's name; empty for a discovery session.</summary>
    public string TargetName { get; init; } = "";

    /// <summary>Reads a root path. The protocol field is ignored; an empty or zero port is 3260, an empty LUN
    /// 0.</summary>
    /// <exception cref="BootFailure"><see cref="SanFailure.BadRootPath"/>.</exception>
    public static RootPath Parse(string text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw Bad(text, "it must begin with iscsi:");
        ReadOnlySpan<char> rest = text.AsSpan(Scheme.Length);
        string server = TakeServer(text, ref rest);
        TakeField(text, ref rest);   // the protocol, by habit 6
        if (!TryParsePort(TakeField(text, ref rest), out ushort port)) throw Bad(text, "the port is not a number");
        if (!LunText.TryParse(TakeField(text, ref rest), out ulong lun)) throw Bad(text, "the LUN is malformed");
        string name = rest.ToString();
        if (!IsName(name)) throw Bad(text, "the target name is empty, too long or has a blank in it");
        return new RootPath { Server = server, Port = port, Lun = lun, TargetName = name };
    }

    /// <summary>The root path that <see cref="Parse"/> reads back to this one.</summary>
    public override string ToString()
    {
        string server = Server.Contains(':') ? $"[{Server}]" : Server;
        return $"{Scheme}{server}::{Port}:{LunText.Format(Lun)}:{TargetName}";
    }

    /// <summary>Whether it can be a target's or initiator's name: something, not too long, no blanks, only ASCII or
    /// beyond, no comma.</summary>
    internal static bool IsName(string name)
    {
        if (name.Length is 0 or > NameBytesMax) return false;
        foreach (char letter in name)
        {
            if (letter is <= ' ' or ',' or '\x7f' || letter > '\x7f' && char.IsControl(letter)) return false;
        }
        return true;
    }

    private static string TakeServer(string text, ref ReadOnlySpan<char> rest)
    {
        if (rest.Length == 0 || rest[0] != '[')
        {
            ReadOnlySpan<char> host = TakeField(text, ref rest);
            if (host.Length is 0 or > ServerLettersMax || HasBlank(host))
                throw Bad(text, "the server is missing or malformed");
            return host.ToString();
        }
        int end = rest.IndexOf(']');
        if (end < 0 || end + 1 == rest.Length || rest[end + 1] != ':' || !Ipv6Address.TryParse(rest[1..end], out _))
            throw Bad(text, "the brackets do not hold an IPv6 address");
        string address = rest[1..end].ToString();
        rest = rest[(end + 2)..];
        return address;
    }

    private static ReadOnlySpan<char> TakeField(string text, ref ReadOnlySpan<char> rest)
    {
        int colon = rest.IndexOf(':');
        if (colon < 0) throw Bad(text, "fields are missing");
        ReadOnlySpan<char> field = rest[..colon];
        rest = rest[(colon + 1)..];
        return field;
    }

    private static bool HasBlank(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (letter is <= ' ' or '\x7f') return true;
        }
        return false;
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out ushort port)
    {
        uint value = 0;
        port = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '9') return false;
            value = 10 * value + (uint)(digit - '0');
            if (value > ushort.MaxValue) return false;
        }
        port = value == 0 ? DefaultPort : (ushort)value;
        return true;
    }

    private static BootFailure Bad(string text, string why) =>
        new(SanFailure.BadRootPath, $"The root path '{text}' is malformed: {why}");
}
