using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the names that mean something: their types, numbers and the blocks they belong to (spec
/// 3.1).</summary>
public class DeclaredSettingsTests
{
    private const ulong None = 0, Own = 175 << 8;

    /// <summary>Name, type, number, kind of block; the order is the specification's.</summary>
    public static TheoryData<string, string, ulong, string?> Rows => new()
    {
        { "mac", "hex", None, null }, { "hwaddr", "hex", None, null }, { "bustype", "string", None, null },
        { "linktype", "string", None, null }, { "chip", "string", None, null }, { "ifname", "string", None, null },
        { "busloc", "uint32", None, null }, { "busid", "hex", None, null }, { "mtu", "int16", 26, null },
        { "mtu", "int16", 5, "ndp" }, { "ssid", "string", None, null }, { "key", "string", None, null },
        { "active-scan", "int8", None, null },

        { "ip", "ipv4", Own | 2, null }, { "netmask", "ipv4", 1, null }, { "gateway", "ipv4", 3, null },
        { "static-routes", "hex", 121, null }, { "dns", "ipv4", 6, null }, { "ntp", "ipv4", 42, null },

        { "ip6", "ipv6", None, "ipv6" }, { "gateway6", "ipv6", None, "ipv6" }, { "len6", "int8", None, "ipv6" },
        { "dns6", "ipv6", 23, "dhcpv6" }, { "dns6", "ipv6", 25, "ndp" }, { "dnssl", "dnssl", 119, null },
        { "dnssl", "dnssl", 24, "dhcpv6" }, { "dnssl", "dnssl", 31, "ndp" }, { "domain", "string", 15, null },

        { "next-server", "ipv4", Own | 3, null }, { "filename", "string", 67, null },
        { "filename", "string", 59, "dhcpv6" }, { "root-path", "string", 17, null },
        { "san-filename", "string", Own | 188, null },

        { "initiator-iqn", "string", 203, null }, { "keep-san", "int8", Own | 8, null },
        { "skip-san-boot", "int8", Own | 9, null }, { "san-retries", "int8", Own | 187, null },
        { "san-drive", "uint8", Own | 189, null },

        { "hostname", "string", 12, null }, { "uuid", "uuid", 0x010810, "smbios" },
        { "manufacturer", "string", 0x010400, "smbios" }, { "product", "string", 0x010500, "smbios" },
        { "serial", "string", 0x010700, "smbios" }, { "board-serial", "string", 0x020700, "smbios" },
        { "asset", "string", 0x030800, "smbios" }, { "cpuvendor", "string", 0x822d00, "cpuid" },
        { "cpumodel", "string", 0x8283e402, "cpuid" }, { "user-class", "string", 77, null },
        { "vendor-class", "string", 60, null },

        { "username", "string", Own | 190, null }, { "password", "string", Own | 191, null },
        { "reverse-username", "string", Own | 192, null }, { "reverse-password", "string", Own | 193, null },
        { "uid", "uint32", Own | 194, null }, { "gid", "uint32", Own | 195, null },

        { "trust", "hex", Own | 90, null }, { "cert", "hex", Own | 91, null }, { "privkey", "hex", Own | 92, null },
        { "crosscert", "string", Own | 93, null },

        { "priority", "int8", Own | 1, null }, { "scriptlet", "string", Own | 81, null },
        { "syslog", "ipv4", 7, null }, { "syslog6", "ipv6", None, "dhcpv6" }, { "syslogs", "string", Own | 85, null },
        { "dhcp-server", "ipv4", 54, null }, { "keymap", "string", None, null }, { "peerdist", "int8", None, null },
        { "peerhost", "string", None, null }, { "memsize", "int32", 0xff000614, "memmap" },
        { "vram", "base64", None, null },

        { "errno", "uint32", None, "builtin" }, { "buildarch", "string", None, "builtin" },
        { "platform", "string", None, "builtin" }, { "version", "string", None, "builtin" },
        { "unixtime", "uint32", None, "builtin" }, { "cwuri", "string", None, "builtin" },
        { "cwduri", "string", None, "builtin" }, { "sysmac", "hex", None, "builtin" },
        { "dmesg", "string", None, "builtin" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void ANameHasItsTypeNumberAndBlock(string name, string type, ulong tag, string? scope)
    {
        SettingKey key = DeclaredSettings.Resolve(name, scope);
        Assert.Equal((name, type, tag, scope), (key.Name, key.Type?.Name, key.Tag, key.Scope));
        if (tag == None) return;
        Assert.Equal(key, DeclaredSettings.Resolve($"{tag}", scope));
        Assert.Equal(key, DeclaredSettings.Resolve(Dotted(tag), scope));
        Assert.Null(DeclaredSettings.Resolve($"{tag}", "another").Type);
    }

    [Fact]
    public void TheTableHasTheSeventyFourNamesOfTheSpecificationAndNoOther()
    {
        string[] named = [.. Rows.Select(row => $"{row[0]} {row[3]}")];
        string[] declared = [.. DeclaredSettings.All.Select(key => $"{key.Name} {key.Scope}")];
        Assert.Equal(named.Order(), declared.Order());
        Assert.Equal(74, DeclaredSettings.All.Select(key => key.Name).Distinct().Count());
    }

    [Theory]
    [InlineData("mac")]
    [InlineData("uuid")]
    [InlineData("filename")]
    [InlineData("errno")]
    public void ANameDeclaredElsewhereMeansTheSameInBlocksThatDoNotDeclareIt(string name) =>
        Assert.Equal(name, DeclaredSettings.Resolve(name, "another") is { Type: not null } key ? key.Name : "");

    [Fact]
    public void AnUnknownNameBelongsToTheBlockItWasAskedOf()
    {
        Assert.Equal(new SettingKey("SecureBoot", 0, "efi", null), DeclaredSettings.Resolve("SecureBoot", "efi"));
        Assert.Equal(new SettingKey("1.2", 0x102, "smbios", null), DeclaredSettings.Resolve("1.2", "smbios"));
    }

    private static string Dotted(ulong tag)
    {
        string text = $"{tag & 255}";
        while ((tag >>= 8) > 0) text = $"{tag & 255}.{text}";
        return text;
    }
}
