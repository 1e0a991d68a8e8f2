using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>A DHCP or BOOTP message (RFC 2131 section 2).</summary>
public readonly ref struct DhcpView
{
    /// <summary>Length up to and with the magic cookie.</summary>
    public const int HeaderBytes = 240;

    internal const byte BootRequest = 1, BootReply = 2, HardwareEthernet = 1;
    internal const int XidOffset = 4, SecondsOffset = 8, FlagsOffset = 10;
    internal const int ClientAddressOffset = 12, YourAddressOffset = 16, NextServerOffset = 20, RelayOffset = 24;
    internal const int HardwareAddressOffset = 28, HardwareAddressBytesMax = 16, CookieOffset = 236;
    internal const int ServerNameOffset = 44, ServerNameBytes = 64, FileOffset = 108, FileBytes = 128;
    internal const uint Cookie = 0x63825363;
    internal const ushort BroadcastFlag = 0x8000;

    private readonly ReadOnlySpan<byte> _message;

    private DhcpView(ReadOnlySpan<byte> message, DhcpOptions options)
    {
        _message = message;
        Options = options;
    }

    /// <summary>Reads a message, request or reply. Without the magic cookie it is refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DhcpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadKind;
        if (bytes[0] is not (BootRequest or BootReply)) return false;
        error = ParseError.BadLength;
        if (bytes[2] > HardwareAddressBytesMax) return false;
        error = ParseError.BadVersion;
        if (BigEndian.ReadU32(bytes, CookieOffset) != Cookie) return false;
        bool isRead = DhcpOptions.TryRead(
            bytes[HeaderBytes..], bytes.Slice(FileOffset, FileBytes), bytes.Slice(ServerNameOffset, ServerNameBytes),
            out DhcpOptions options, out error);
        if (isRead) view = new DhcpView(bytes, options);
        return isRead;
    }

    /// <summary>From a server.</summary>
    public bool IsReply => _message[0] == BootReply;

    /// <summary>The transaction.</summary>
    public uint Xid => BigEndian.ReadU32(_message, XidOffset);

    /// <summary>Seconds the client has been at it.</summary>
    public ushort Seconds => BigEndian.ReadU16(_message, SecondsOffset);

    /// <summary>The client wants replies broadcast.</summary>
    public bool WantsBroadcast => (BigEndian.ReadU16(_message, FlagsOffset) & BroadcastFlag) != 0;

    /// <summary>The address the client already has: ciaddr.</summary>
    public Ipv4Address ClientAddress => Ipv4Address.Read(_message[ClientAddressOffset..]);

    /// <summary>The address given to the client: yiaddr.</summary>
    public Ipv4Address YourAddress => Ipv4Address.Read(_message[YourAddressOffset..]);

    /// <summary>The server to boot from: siaddr.</summary>
    public Ipv4Address NextServer => Ipv4Address.Read(_message[NextServerOffset..]);

    /// <summary>The relay in between: giaddr.</summary>
    public Ipv4Address Relay => Ipv4Address.Read(_message[RelayOffset..]);

    /// <summary>Whether it is about that Ethernet card.</summary>
    public bool IsFor(MacAddress address) =>
        _message[1] == HardwareEthernet && _message[2] == MacAddress.Bytes
        && MacAddress.Read(_message[HardwareAddressOffset..]) == address;

    /// <summary>The client's station address.</summary>
    public MacAddress Mac => MacAddress.Read(_message[HardwareAddressOffset..]);

    /// <summary>The options.</summary>
    public DhcpOptions Options { get; }

    /// <summary>The message type, <see cref="DhcpMessageType.Bootp"/> without one.</summary>
    public DhcpMessageType Type =>
        Options.TryFind(DhcpOption.MessageType, out ReadOnlySpan<byte> value) && value.Length > 0
            ? new DhcpMessageType(value[0]) : DhcpMessageType.Bootp;

    /// <summary>The server that speaks, option 54; null without it.</summary>
    public Ipv4Address? ServerId => FindAddress(DhcpOption.ServerId);

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Message => _message;

    /// <summary>Finds what a script knows under that tag: the header's own fields where they stand for an option (file
    /// for 67, server name for 66, yiaddr for 175.2, siaddr for 175.3) before the options (spec/ipxe-compat.md 3.1 and
    /// 4.2). An empty field counts as missing.</summary>
    public bool TryFind(DhcpTag tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (tag == DhcpOption.YourAddress)
            value = NonZero(_message.Slice(YourAddressOffset, Ipv4Address.Bytes));
        else if (tag == DhcpOption.NextServer)
            value = NonZero(_message.Slice(NextServerOffset, Ipv4Address.Bytes));
        else if (tag == DhcpOption.FileName && !Options.IsFileOverloaded)
            value = Text(_message.Slice(FileOffset, FileBytes));
        else if (tag == DhcpOption.ServerName && !Options.IsServerNameOverloaded)
            value = Text(_message.Slice(ServerNameOffset, ServerNameBytes));
        return value.Length > 0 || Options.TryFind(tag, out value);
    }

    /// <summary>The first address of an option; null without one, or with fewer than four bytes.</summary>
    public Ipv4Address? FindAddress(DhcpTag tag) =>
        TryFind(tag, out ReadOnlySpan<byte> value) && value.Length >= Ipv4Address.Bytes
            ? Ipv4Address.Read(value) : null;

    /// <summary>An option's text up to the first NUL, as UTF-8; null without the option or when it is empty.</summary>
    public string? FindText(DhcpTag tag)
    {
        if (!TryFind(tag, out ReadOnlySpan<byte> value)) return null;
        value = Text(value);
        return value.Length == 0 ? null : Encoding.UTF8.GetString(value);
    }

    /// <summary>An option's number of one to four bytes; null without the option or with another length.</summary>
    public uint? FindNumber(DhcpTag tag)
    {
        if (!TryFind(tag, out ReadOnlySpan<byte> value) || value.Length is 0 or > 4) return null;
        uint number = 0;
        for (int i = 0; i < value.Length; i++) number = number << 8 | value[i];
        return number;
    }

    private static ReadOnlySpan<byte> NonZero(ReadOnlySpan<byte> field) =>
        BigEndian.ReadU32(field, 0) == 0 ? default : field;

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }
}
