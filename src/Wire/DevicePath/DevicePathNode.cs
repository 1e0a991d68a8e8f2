using System;
using System.Buffers.Binary;
using System.Text;

namespace Bootlace.Wire;

/// <summary>One node of a UEFI device path (UEFI 2.10 section 10.3).</summary>
public readonly ref struct DevicePathNode
{
    /// <summary>Length of the header of each node: type, subtype, length.</summary>
    public const int HeaderBytes = 4;

    internal const byte Hardware = 1, Messaging = 3, Media = 4, End = 0x7f;
    internal const byte MemoryMapped = 3, HardwareVendor = 4;
    internal const byte Usb = 5, Mac = 11, Ipv4 = 12, Iscsi = 19, Vlan = 20, Uri = 24, Dns = 31;
    internal const byte HardDrive = 1, MediaVendor = 3, FilePath = 4, EndOfInstance = 1, EndOfPath = 0xff;

    private readonly ReadOnlySpan<byte> _bytes;

    private DevicePathNode(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Takes the node at the start of <paramref name="path"/> and moves behind it. A length below 4, with
    /// which a walk would never end, or past the bytes is refused.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> path, out DevicePathNode node, out ParseError error)
    {
        node = default;
        error = ParseError.TooShort;
        if (path.Length < HeaderBytes) return false;
        error = ParseError.BadLength;
        int countBytes = BinaryPrimitives.ReadUInt16LittleEndian(path[2..]);
        if (countBytes < HeaderBytes || countBytes > path.Length) return false;
        error = ParseError.None;
        node = new DevicePathNode(path[..countBytes]);
        path = path[countBytes..];
        return true;
    }

    /// <summary>The type: hardware 1, ACPI 2, messaging 3, media 4, boot specification 5, end 0x7f.</summary>
    public byte Type => _bytes[0];

    /// <summary>The kind within the type.</summary>
    public byte SubType => _bytes[1];

    /// <summary>Header and data.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Behind the header.</summary>
    public ReadOnlySpan<byte> Data => _bytes[HeaderBytes..];

    /// <summary>The path ends here.</summary>
    public bool IsEnd => Type == End && SubType == EndOfPath;

    /// <summary>One of several paths ends here.</summary>
    public bool IsEndOfInstance => Type == End && SubType == EndOfInstance;

    /// <summary>Whether it is of that type and kind.</summary>
    public bool Is(byte type, byte subType) => Type == type && SubType == subType;

    /// <summary>The station address of a MAC node of an Ethernet card (section 10.3.4.11).</summary>
    public bool TryReadMac(out MacAddress address)
    {
        bool isMac = Is(Messaging, Mac) && Data.Length >= 33 && Data[32] <= 1;   // interface type 1, or 0 on old EDK2
        address = isMac ? MacAddress.Read(Data) : default;
        return isMac;
    }

    /// <summary>The port of a USB node (section 10.3.4.5).</summary>
    public bool TryReadUsbPort(out byte port)
    {
        bool isUsb = Is(Messaging, Usb) && Data.Length >= 2;
        port = isUsb ? Data[0] : (byte)0;
        return isUsb;
    }

    /// <summary>The addresses of an IPv4 node (section 10.3.4.12).</summary>
    public bool TryReadIpv4(out DevicePathIpv4 value)
    {
        bool isIpv4 = Is(Messaging, Ipv4) && Data.Length >= DevicePathIpv4.DataBytesOld;
        value = isIpv4 ? DevicePathIpv4.Read(Data) : default;
        return isIpv4;
    }

    /// <summary>The VLAN of a VLAN node (section 10.3.4.13).</summary>
    public bool TryReadVlan(out int id)
    {
        bool isVlan = Is(Messaging, Vlan) && Data.Length >= 2;
        id = isVlan ? BinaryPrimitives.ReadUInt16LittleEndian(Data) & 0xfff : 0;
        return isVlan;
    }

    /// <summary>The first server of a DNS node (section 10.3.4.29) whose servers are IPv4.</summary>
    public bool TryReadDns(out Ipv4Address server)
    {
        const int AddressBytes = 16;   // an EFI_IP_ADDRESS, of which IPv4 fills the first four
        bool isDns = Is(Messaging, Dns) && Data.Length >= 1 + AddressBytes && Data[0] == 0;
        server = isDns ? Ipv4Address.Read(Data[1..]) : default;
        return isDns;
    }

    /// <summary>The text of a URI node (section 10.3.4.23), up to a NUL if there is one; it may be empty.</summary>
    public bool TryReadUri(out string uri)
    {
        uri = "";
        if (!Is(Messaging, Uri)) return false;
        ReadOnlySpan<byte> text = Data;
        int end = text.IndexOf((byte)0);
        uri = Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
        return true;
    }

    /// <summary>The text of a file path node (section 10.3.5.4): UCS-2 up to a NUL or the node's end.</summary>
    public bool TryReadFilePath(out string path)
    {
        path = "";
        if (!Is(Media, FilePath)) return false;
        ReadOnlySpan<byte> text = Data;
        int count = 0;
        while (text.Length - 2 * count >= 2 && (text[2 * count] | text[2 * count + 1]) != 0) count++;
        path = Encoding.Unicode.GetString(text[..(2 * count)]);
        return true;
    }

    /// <summary>The GUID, as its 16 bytes in memory, of the GPT partition of a hard drive node (section
    /// 10.3.5.1).</summary>
    public bool TryReadGptPartition(out ReadOnlySpan<byte> guid)
    {
        const int SignatureOffset = 20, SignatureTypeOffset = 37, DataBytes = 38;
        const byte GuidSignature = 2;
        bool isGpt = Is(Media, HardDrive) && Data.Length >= DataBytes && Data[SignatureTypeOffset] == GuidSignature;
        guid = isGpt ? Data.Slice(SignatureOffset, 16) : default;
        return isGpt;
    }

    /// <summary>The GUID, as its 16 bytes in memory, and the data of a vendor node, hardware or media.</summary>
    public bool TryReadVendor(out ReadOnlySpan<byte> guid, out ReadOnlySpan<byte> data)
    {
        bool isVendor = (Is(Media, MediaVendor) || Is(Hardware, HardwareVendor)) && Data.Length >= 16;
        guid = isVendor ? Data[..16] : default;
        data = isVendor ? Data[16..] : default;
        return isVendor;
    }
}
