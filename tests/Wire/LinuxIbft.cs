using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Reads a table as Linux's drivers/firmware/iscsi_ibft.c does: the same checks, the same fields of sysfs.
/// </summary>
internal static class LinuxIbft
{
    public static Dictionary<string, string> Read(byte[] table)
    {
        Assert.Equal("iBFT", Encoding.ASCII.GetString(table, 0, 4));
        Assert.Equal(table.Length, (int)BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(4)));
        Assert.Equal(1, table[8]);
        var seen = new Dictionary<string, string>
        {
            ["acpi"] = Encoding.ASCII.GetString(table, 10, 6) + " " + Encoding.ASCII.GetString(table, 16, 8),
        };
        AssertHeader(table, 48, id: 1, length: 18);
        Assert.Equal(0, table[48 + 4]);
        for (int place = 48 + 8; place < 48 + 18; place += 2)
        {
            int at = Number(table, place);
            if (at == 0) continue;
            Assert.Equal(0, at % 16);
            Assert.True(at < table.Length - 48);   // what stands behind is passed over
            (string name, string text) = table[at] switch
            {
                2 => ("initiator", ReadInitiator(table, at)),
                3 => ($"ethernet{table[at + 4]}", ReadNic(table, at)),
                _ => ($"target{table[at + 4]}", ReadTarget(table, at)),
            };
            seen.Add(name, $"index {table[at + 4]} flags {table[at + 5]}{text}");
        }
        return seen;
    }

    private static string ReadInitiator(byte[] table, int at)
    {
        AssertHeader(table, at, id: 2, length: 74);
        return Address(table, at + 6, "isns") + Text(table, at + 70, "initiator-name");
    }

    private static string ReadNic(byte[] table, int at)
    {
        AssertHeader(table, at, id: 3, length: 102);
        return Address(table, at + 6, "ip-addr") + $" prefix-len {table[at + 22]} origin {table[at + 23]}"
            + Address(table, at + 24, "gateway") + Address(table, at + 40, "primary-dns")
            + Address(table, at + 56, "secondary-dns") + Address(table, at + 72, "dhcp")
            + $" vlan {Number(table, at + 88)} mac {MacAddress.Read(table.AsSpan(at + 90))}"
            + $" pci {Number(table, at + 96):x4}" + Text(table, at + 98, "hostname");
    }

    private static string ReadTarget(byte[] table, int at)
    {
        AssertHeader(table, at, id: 4, length: 54);
        string lun = string.Concat(table[(at + 24)..(at + 32)].Select(value => $"{value:x}"));
        return Address(table, at + 6, "ip-addr") + $" port {Number(table, at + 22)} lun {lun}"
            + $" nic-assoc {table[at + 33]} chap-type {table[at + 32]}"
            + Text(table, at + 34, "target-name") + Text(table, at + 38, "chap-name")
            + Text(table, at + 42, "chap-secret") + Text(table, at + 46, "rev-chap-name")
            + Text(table, at + 50, "rev-chap-name-secret");
    }

    private static void AssertHeader(byte[] table, int at, int id, int length) =>
        Assert.Equal((id, 1, length), (table[at], table[at + 1], Number(table, at + 2)));

    private static int Number(byte[] table, int at) => BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(at));

    private static string Address(byte[] table, int at, string name)
    {
        Ipv6Address address = Ipv6Address.Read(table.AsSpan(at));
        if (address.IsUnspecified) return "";
        bool isMapped = address.High == 0 && address.Low >> 32 == 0xffff;
        return $" {name} " + (isMapped ? new Ipv4Address((uint)address.Low).ToString() : address.ToString());
    }

    private static string Text(byte[] table, int at, string name)
    {
        int length = Number(table, at), place = Number(table, at + 2);
        if (length == 0) return "";
        Assert.Equal(0, table[place + length]);
        return $" {name} {Encoding.UTF8.GetString(table, place, length)}";
    }
}
