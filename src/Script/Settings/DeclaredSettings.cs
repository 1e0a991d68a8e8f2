using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>The settings with a meaning: their types and numbers (spec/ipxe-compat.md 3.1).</summary>
public static class DeclaredSettings
{
    /// <summary>Scope of what the loader itself knows.</summary>
    public const string Builtin = "builtin";
    /// <summary>Scope of IPv6 addresses of an interface.</summary>
    public const string Ipv6 = "ipv6";
    /// <summary>Scope of DHCPv6 options.</summary>
    public const string Dhcpv6 = "dhcpv6";
    /// <summary>Scope of router advertisement options.</summary>
    public const string Neighbors = "ndp";

    /// <summary>Scope of what SMBIOS says of the machine; numbers there are instance, type, offset, length, one byte
    /// each.</summary>
    public const string Smbios = "smbios";
    /// <summary>Scope of x86's CPUID.</summary>
    public const string Cpuid = "cpuid";
    /// <summary>Scope of the configuration of PCI functions.</summary>
    public const string Pci = "pci";
    /// <summary>Scope of the descriptors of USB devices.</summary>
    public const string Usb = "usb";
    /// <summary>Scope of ACPI tables.</summary>
    public const string Acpi = "acpi";
    /// <summary>Scope of the firmware's memory map.</summary>
    public const string MemoryMap = "memmap";
    /// <summary>Scope of the firmware's variables.</summary>
    public const string Efi = "efi";
    /// <summary>Scope of what the switch says of itself.</summary>
    public const string Lldp = "lldp";

    private const byte SystemInformation = 1, BaseBoard = 2, Chassis = 3;   // SMBIOS 3.6, 7.2 to 7.4

    private static readonly SettingKey[] Table =
    [
        Plain("mac", SettingTypes.Hex), Plain("hwaddr", SettingTypes.Hex), Plain("bustype", SettingTypes.String),
        Plain("linktype", SettingTypes.String), Plain("chip", SettingTypes.String),
        Plain("ifname", SettingTypes.String),
        Plain("busloc", SettingTypes.Uint32), Plain("busid", SettingTypes.Hex),
        Option("mtu", SettingTypes.Int16, 26), Scoped("mtu", SettingTypes.Int16, 5, Neighbors),
        Plain("ssid", SettingTypes.String), Plain("key", SettingTypes.String), Plain("active-scan", SettingTypes.Int8),

        Option("ip", SettingTypes.Ipv4, Encapsulated(2)), Option("netmask", SettingTypes.Ipv4, 1),
        Option("gateway", SettingTypes.Ipv4, 3), Option("static-routes", SettingTypes.Hex, 121),
        Option("dns", SettingTypes.Ipv4, 6), Option("ntp", SettingTypes.Ipv4, 42),

        Scoped("ip6", SettingTypes.Ipv6, 0, Ipv6), Scoped("gateway6", SettingTypes.Ipv6, 0, Ipv6),
        Scoped("len6", SettingTypes.Int8, 0, Ipv6),
        Scoped("dns6", SettingTypes.Ipv6, 23, Dhcpv6), Scoped("dns6", SettingTypes.Ipv6, 25, Neighbors),
        Option("dnssl", SettingTypes.DnsSearchList, 119), Scoped("dnssl", SettingTypes.DnsSearchList, 24, Dhcpv6),
        Scoped("dnssl", SettingTypes.DnsSearchList, 31, Neighbors), Option("domain", SettingTypes.String, 15),

        Option("next-server", SettingTypes.Ipv4, Encapsulated(3)), Option("filename", SettingTypes.String, 67),
        Scoped("filename", SettingTypes.String, 59, Dhcpv6), Option("root-path", SettingTypes.String, 17),
        Option("san-filename", SettingTypes.String, Encapsulated(188)),

        Option("initiator-iqn", SettingTypes.String, 203), Option("keep-san", SettingTypes.Int8, Encapsulated(8)),
        Option("skip-san-boot", SettingTypes.Int8, Encapsulated(9)),
        Option("san-retries", SettingTypes.Int8, Encapsulated(187)),
        Option("san-drive", SettingTypes.Uint8, Encapsulated(189)),

        Option("hostname", SettingTypes.String, 12),
        Scoped("uuid", SettingTypes.Uuid, SystemInformation << 16 | 8 << 8 | 16, Smbios),
        SmbiosText("manufacturer", SystemInformation, 4), SmbiosText("product", SystemInformation, 5),
        SmbiosText("serial", SystemInformation, 7), SmbiosText("board-serial", BaseBoard, 7),
        SmbiosText("asset", Chassis, 8),
        Scoped("cpuvendor", SettingTypes.String, 0x00822d00, Cpuid),   // leaf 0: EBX EDX ECX as they lie in memory
        Scoped("cpumodel", SettingTypes.String, 0x8283e402, Cpuid),    // 3 leaves from 0x80000002, all registers
        Option("user-class", SettingTypes.String, 77),
        Option("vendor-class", SettingTypes.String, 60),

        Option("username", SettingTypes.String, Encapsulated(190)),
        Option("password", SettingTypes.String, Encapsulated(191)),
        Option("reverse-username", SettingTypes.String, Encapsulated(192)),
        Option("reverse-password", SettingTypes.String, Encapsulated(193)),
        Option("uid", SettingTypes.Uint32, Encapsulated(194)), Option("gid", SettingTypes.Uint32, Encapsulated(195)),

        Option("trust", SettingTypes.Hex, Encapsulated(90)), Option("cert", SettingTypes.Hex, Encapsulated(91)),
        Option("privkey", SettingTypes.Hex, Encapsulated(92)),
        Option("crosscert", SettingTypes.String, Encapsulated(93)),

        Priority, Option("scriptlet", SettingTypes.String, Encapsulated(81)),
        Option("syslog", SettingTypes.Ipv4, 7), Scoped("syslog6", SettingTypes.Ipv6, 0, Dhcpv6),
        Option("syslogs", SettingTypes.String, Encapsulated(85)), Option("dhcp-server", SettingTypes.Ipv4, 54),
        Plain("keymap", SettingTypes.String), Plain("peerdist", SettingTypes.Int8),
        Plain("peerhost", SettingTypes.String),
        Scoped("memsize", SettingTypes.Int32, 0xff000614, MemoryMap),   // the length of 256 regions, in MiB
        Plain("vram", SettingTypes.Base64),

        Scoped("errno", SettingTypes.Uint32, 0, Builtin), Scoped("buildarch", SettingTypes.String, 0, Builtin),
        Scoped("platform", SettingTypes.String, 0, Builtin), Scoped("version", SettingTypes.String, 0, Builtin),
        Scoped("unixtime", SettingTypes.Uint32, 0, Builtin), Scoped("cwuri", SettingTypes.String, 0, Builtin),
        Scoped("cwduri", SettingTypes.String, 0, Builtin), Scoped("sysmac", SettingTypes.Hex, 0, Builtin),
        Scoped("dmesg", SettingTypes.String, 0, Builtin),
    ];

    /// <summary>The names of the table: most that scripts use are not among them.</summary>
    private static readonly HashSet<string> Names = NamesOf(Table);

    /// <summary>175.1: a block with a higher one is asked before its siblings.</summary>
    public static SettingKey Priority => Option("priority", SettingTypes.Int8, Encapsulated(1));

    /// <summary>All declarations; a name may be declared for several kinds of block.</summary>
    public static IReadOnlyList<SettingKey> All => Table;

    /// <summary>The declaration that <paramref name="name"/> means, or an undeclared key. A number means the one
    /// declared for blocks of kind <paramref name="scope"/>; so does a name that is declared for several
    /// kinds.</summary>
    public static SettingKey Resolve(string name, string? scope)
    {
        ulong tag = SettingName.ReadTag(name);
        if (tag == 0 && !Names.Contains(name)) return new SettingKey(name, 0, scope, null);
        SettingKey? elsewhere = null;
        foreach (SettingKey declared in Table)
        {
            if (tag != 0 ? declared.Tag != tag : declared.Name != name) continue;
            if (declared.Scope == scope) return declared;
            elsewhere ??= declared;
        }
        return tag == 0 && elsewhere is { } other ? other : new SettingKey(name, tag, scope, null);
    }

    /// <summary>The number of a sub-option of option 175, iPXE's own.</summary>
    public static ulong Encapsulated(byte option) => 175 << 8 | (ulong)option;

    private static SettingKey Plain(string name, SettingType type) => new(name, 0, null, type);

    private static SettingKey Option(string name, SettingType type, ulong tag) => new(name, tag, null, type);

    private static SettingKey SmbiosText(string name, byte structure, byte offset) =>
        Scoped(name, SettingTypes.String, (ulong)structure << 16 | (ulong)offset << 8, Smbios);

    private static SettingKey Scoped(string name, SettingType type, ulong tag, string scope) =>
        new(name, tag, scope, type);

    private static HashSet<string> NamesOf(SettingKey[] keys)
    {
        var names = new HashSet<string>();
        foreach (SettingKey key in keys) names.Add(key.Name);
        return names;
    }
}
