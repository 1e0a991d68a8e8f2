using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the iBFT: golden bytes, and the checks and fields of Linux's iscsi_ibft driver, which refuses a
/// table for a wrong length anywhere.</summary>
public class IbftTests
{
    private const string Initiator = "iqn.2010-04.org.ipxe:m1", TargetName = "iqn.2025-01.lan:disk";

    private static readonly IbftNic Nic = new()
    {
        IsSelected = true, Mac = Samples.Us, Address = Samples.OurAddress, PrefixLength = 24, Origin = IbftOrigin.Dhcp,
        Gateway = Samples.TheirAddress, Dns = new Ipv4Address(10, 0, 2, 3), DhcpServer = Samples.TheirAddress,
        Vlan = 7, PciLocation = 0x0018, HostName = "m1",
    };

    private static readonly IbftTarget Target = new()
    {
        IsSelected = true, Address = Samples.TheirAddress, Port = 3260, Lun = 0x0001_0000_0000_0000, Name = TargetName,
        UserName = "user", Password = "secret-of-12", ReverseUserName = "disk", ReversePassword = "another-secret",
    };

    [Fact]
    public void ATableIsWritten()
    {
        byte[] expected = Golden.Bytes("""
            "iBFT" 9b010000     ; length
            01 00               ; revision, checksum (below)
            "BTLACE" "Bootlace"
            00*24
            ; 0x30 control
            01 01 1200 00 00
            0000                ; extensions
            5000 a000 1001 0000 0000 ; initiator, card 0, target 0, card 1, target 1
            00*14
            ; 0x50 initiator
            02 01 4a00 00 03    ; valid, selected
            00*64               ; iSNS, SLP, two RADIUS servers
            1700 5001           ; name
            00*6
            ; 0xa0 card
            03 01 6600 00 07    ; valid, selected, global
            00*10 ffff 0a00020f
            18 03               ; prefix length, from DHCP
            00*10 ffff 0a000202 ; gateway
            00*10 ffff 0a000203 ; name servers
            00*16
            00*10 ffff 0a000202 ; DHCP server
            0700                ; VLAN
            525400123456
            1800                ; PCI 00:03.0
            0200 6801           ; host name
            00*10
            ; 0x110 target
            04 01 3600 00 03
            00*10 ffff 0a000202
            bc0c                ; port 3260
            0001000000000000    ; LUN
            02 00               ; mutual CHAP, card 0
            1400 6b01           ; name
            0400 8001 0c00 8501 ; our name and secret
            0400 9201 0e00 9701 ; the target's
            00*10
            ; 0x150 texts
            "iqn.2010-04.org.ipxe:m1" 00
            "m1" 00
            "iqn.2025-01.lan:disk" 00
            "user" 00
            "secret-of-12" 00
            "disk" 00
            "another-secret" 00
            """);
        expected[4] = (byte)expected.Length;
        expected[5] = (byte)(expected.Length >> 8);
        byte[] table = Bytes(new IbftTable { InitiatorName = Initiator, Nics = [Nic], Targets = [Target] });
        expected[9] = table[9];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(table));
    }

    [Fact]
    public void LinuxReadsEveryFieldOfTwoCardsAndTwoTargets()
    {
        Assert.True(IpAddress.TryParse("2001:db8::15", out IpAddress ours));
        Assert.True(IpAddress.TryParse("2001:db8::1", out IpAddress theirs));
        var second = new IbftNic
        {
            Mac = Samples.Us, Address = ours, PrefixLength = 64, Origin = IbftOrigin.RouterAdvertisement,
            Gateway = theirs,
        };
        var disk = new IbftTarget
        {
            Address = theirs, Port = 860, Lun = 0x4100_0002_0000_0000, NicIndex = 1, Name = "eui.0123456789abcdef",
            Password = "unused",
        };
        Dictionary<string, string> seen = LinuxIbft.Read(
            Bytes(new IbftTable { InitiatorName = Initiator, Nics = [Nic, second], Targets = [Target, disk] }));
        string[] expected =
        [
            "acpi: BTLACE Bootlace",
            $"initiator: index 0 flags 3 initiator-name {Initiator}",
            "ethernet0: index 0 flags 7 ip-addr 10.0.2.15 prefix-len 24 origin 3 gateway 10.0.2.2 primary-dns 10.0.2.3 "
            + "dhcp 10.0.2.2 vlan 7 mac 52:54:00:12:34:56 pci 0018 hostname m1",
            $"target0: index 0 flags 3 ip-addr 10.0.2.2 port 3260 lun 01000000 nic-assoc 0 chap-type 2 target-name "
            + $"{TargetName} chap-name user chap-secret secret-of-12 rev-chap-name disk "
            + "rev-chap-name-secret another-secret",
            "ethernet1: index 1 flags 5 ip-addr 2001:db8::15 prefix-len 64 origin 4 gateway 2001:db8::1 vlan 0 "
            + "mac 52:54:00:12:34:56 pci 0000",
            "target1: index 1 flags 1 ip-addr 2001:db8::1 port 860 lun 410020000 nic-assoc 1 chap-type 0 "
            + "target-name eui.0123456789abcdef",
        ];
        Assert.Equal(expected, seen.Select(pair => $"{pair.Key}: {pair.Value}"));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("user", "", 1)]
    [InlineData("user", "disk", 2)]
    [InlineData("", "disk", 0)]   // who does not prove himself asks for nothing
    public void TheKindOfChapFollowsFromTheNames(string userName, string reverseUserName, int expected)
    {
        byte[] table = Bytes(new IbftTable
        {
            InitiatorName = Initiator, Nics = [Nic],
            Targets = [Target with { UserName = userName, ReverseUserName = reverseUserName }],
        });
        string target = LinuxIbft.Read(table)["target0"];
        Assert.Contains($" chap-type {expected} ", target);
        Assert.Equal(expected >= 1, target.Contains(" chap-secret "));
        Assert.Equal(expected == 2, target.Contains(" rev-chap-name "));
        Assert.Equal(expected >= 1, Encoding.ASCII.GetString(table).Contains("secret-of-12"));
    }

    [Fact]
    public void ALinkLocalAddressIsNotGlobalAndMoreThanTwoOfAKindAreLeftOut()
    {
        Assert.True(IpAddress.TryParse("fe80::1", out IpAddress local));
        IbftNic nic = Nic with { Address = local };
        Dictionary<string, string> seen = LinuxIbft.Read(Bytes(new IbftTable
        {
            InitiatorName = Initiator, Nics = [nic, nic, nic], Targets = [Target, Target, Target],
        }));
        Assert.Equal(6, seen.Count);
        Assert.StartsWith("index 0 flags 3 ip-addr fe80::1 ", seen["ethernet0"]);
    }

    [Fact]
    public void TextsThatNoOffsetReachesAreRefused()
    {
        IbftTable Table(int letters) => new()
        {
            InitiatorName = Initiator, Nics = [Nic], Targets = [Target with { Password = new string('x', letters) }],
        };
        int others = Bytes(Table(0)).Length;   // an empty text takes no NUL either
        Assert.Equal(ushort.MaxValue, Bytes(Table(ushort.MaxValue - others - 1)).Length);
        Assert.Contains("another-secret", LinuxIbft.Read(Bytes(Table(ushort.MaxValue - others - 1)))["target0"]);
        Assert.False(Table(ushort.MaxValue - others).TryToBytes(out byte[] table));
        Assert.Empty(table);
        Assert.False(Table(1 << 20).TryToBytes(out _));
    }

    private static byte[] Bytes(IbftTable table)
    {
        Assert.True(table.TryToBytes(out byte[] bytes));
        Assert.Equal(0, bytes.Sum(value => value) % 256);
        return bytes;
    }
}
