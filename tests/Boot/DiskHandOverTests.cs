using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Boot;
using Bootlace.Tests.Support;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what programs and operating systems are told of a hooked disk: the device path, the iBFT, the
/// words for the kernel's command line.</summary>
public class DiskHandOverTests
{
    private const string Static = "set net0/ip 10.0.2.15\nset net0/netmask 255.255.255.0\nset net0/gateway 10.0.2.2\n"
        + "set net0/dns 10.0.2.3\nset hostname box\nset initiator-iqn iqn.x:we\n";
    private const string Secrets = "set username joe\nset password secret-1\nset reverse-username jim\n"
        + "set reverse-password secret-2\n";

    private readonly BootWorld _world = new();
    private readonly List<byte[]> _tables = [];
    private DiskPlace _place;
    private byte[] _table = [];

    [Fact]
    public void TheDevicePathNamesTargetLunGroupAndLogin()
    {
        Run("sanhook iscsi:10.0.2.77:::1:iqn.y:disk\nsanboot");
        Check("""
            03 0c 1b 00 0a 00 02 0f 0a 00 02 4d 00 00 bc 0c 06 00 01 0a 00 02 02 ff ff ff 00
            03 13 1d 00 00 00 00 08 00 01 00 00 00 00 00 00 01 00 "iqn.y:disk" 00
            """);
    }

    [Theory]
    [InlineData("", false, "00 08")]
    [InlineData("", true, "0a 08")]
    [InlineData("set username joe\nset password secret-1\n", false, "00 10")]
    [InlineData("set username joe\nset password secret-1\n", true, "0a 10")]
    [InlineData(Secrets, false, "00 00")]
    public void TheLoginOptionsSayWhichDigestsAndWhichChap(string settings, bool hasDigests, string options)
    {
        _world.Opener.HasDigests = hasDigests;
        Run(settings + "sanhook iscsi:10.0.2.77::::iqn.y:disk\nsanboot");
        ReadOnlySpan<byte> node = _place.Nodes.Span[27..];
        Assert.Equal(Golden.Bytes(options), node[6..8].ToArray());
    }

    [Fact]
    public void AFileOnAServerHasAUriNodeAndOneInMemoryAPathOfOurOwn()
    {
        Run("sanboot http://h/disk.iso ||");
        Check("""
            03 0c 1b 00 0a 00 02 0f 0a 00 02 4d 00 00 50 00 06 00 01 0a 00 02 02 ff ff ff 00
            03 18 15 00 "http://h/disk.iso"
            """);

        Run("sanboot http://h:8080/disk.iso ||");
        Assert.Equal(Golden.Bytes("90 1f"), _place.Nodes.Span[14..16].ToArray());

        _world.WithFile("http://h/disk.img", new byte[4096]);
        Run("sanboot --ram http://h/disk.img ||");
        Assert.Null(_place.Card);
        Assert.Equal([1, 4], _place.Nodes.Span[..2].ToArray());
        Assert.EndsWith("http://h/disk.img", Encoding.ASCII.GetString(_place.Nodes.Span));
    }

    [Fact]
    public void TheIbftHoldsInitiatorCardAndTargetWithItsSecrets()
    {
        Run(Secrets + "sanhook iscsi:10.0.2.77:::1:iqn.y:disk\nsanboot");
        string[] expected =
        [
            "acpi: BTLACE Bootlace",
            "initiator: index 0 flags 3 initiator-name iqn.x:we",
            "ethernet0: index 0 flags 7 ip-addr 10.0.2.15 prefix-len 24 origin 1 gateway 10.0.2.2 primary-dns 10.0.2.3 "
            + "vlan 0 mac 52:54:00:12:34:56 pci 0118 hostname box",
            "target0: index 0 flags 3 ip-addr 10.0.2.77 port 3260 lun 01000000 nic-assoc 0 chap-type 2 "
            + "target-name iqn.y:disk chap-name joe chap-secret secret-1 rev-chap-name jim "
            + "rev-chap-name-secret secret-2",
        ];
        Assert.Equal(expected, LinuxIbft.Read(_table).Select(pair => $"{pair.Key}: {pair.Value}"));
        Assert.Equal(0, _table.Sum(value => value) & 0xff);
    }

    [Fact]
    public void ALeasedAddressSaysWhereItIsFrom()
    {
        _world.Dhcp = _ => new LeasePackets(BootWorld.Packet("10.0.2.20", "10.0.2.2", "",
            [1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2, 6, 8, 10, 0, 2, 3, 10, 0, 2, 4, 54, 4, 10, 0, 2, 5]), default);
        Run("dhcp\nsanhook iscsi:10.0.2.77::::iqn.y:disk\nsanboot", "set initiator-iqn iqn.x:we\n");
        Assert.Contains(
            "ip-addr 10.0.2.20 prefix-len 24 origin 3 gateway 10.0.2.2 primary-dns 10.0.2.3 secondary-dns 10.0.2.4 "
            + "dhcp 10.0.2.5 ", LinuxIbft.Read(_table)["ethernet0"]);
        Assert.Equal(0, _place.Nodes.Span[18]);
    }

    [Fact]
    public void SeveralDrivesShareOneTable()
    {
        Run("sanhook -d 0x81 iscsi:10.0.2.77::::iqn.b\nsanhook -d 0x80 iscsi:10.0.2.77::::iqn.a\nsanboot\n"
            + "sanunhook -d 0x80\nsanboot");
        Assert.Equal(["iqn.a iqn.b", "iqn.b"], _tables.Select(TargetNames));
    }

    [Fact]
    public void TheTableFollowsADiskThatGoesOnByAnotherPath()
    {
        Run("sanhook iscsi:10.0.2.77::::iqn.a iscsi:10.0.2.78::860::iqn.b\nsanboot", onStart: () =>
        {
            OpenedDisk disk = _world.Opener.Opened!;
            IscsiSource first = disk.Iscsi!;
            var address = new Ipv4Address(10, 0, 2, 78);
            disk.MoveTo(first with { Options = _world.Opener.Options[1], Address = address, Port = 860 });
            Assert.Contains("ip-addr 10.0.2.78 port 860 ", LinuxIbft.Read(_world.Disks.Tables[^1])["target0"]);
            Assert.Equal("iqn.b", TargetNames(_world.Disks.Tables[^1]));
            disk.MoveTo(disk.Iscsi!);   // another session by the same path
        });
        Assert.Equal(
            ["table in", "start from any of 0x80", "table out", "table in", "table out"],
            _world.Firmware.Deeds.FindAll(it => it.StartsWith("table") || it.StartsWith("start")));
    }

    [Fact]
    public void ADriveThatTheTableHasNoRoomForIsNamedOnce()
    {
        Run("sanhook -d 0x80 iscsi:10.0.2.77::::iqn.a\nsanhook -d 0x82 iscsi:10.0.2.77::::iqn.c\necho two fit\n"
            + "sanhook -d 0x81 iscsi:10.0.2.77::::iqn.b\nsanhook -d 0x83 --no-describe iscsi:10.0.2.77::::iqn.d\n"
            + "sanunhook -d 0x83\nsanboot\nsanunhook -d 0x80\nsanboot");
        const string LeftOut = "SAN drive 0x82 is not in the iBFT, which holds 2 targets over 2 cards: "
            + "the operating system does not learn of it\n";
        string[] screen = _world.Console.Screen.Split("two fit\n");
        Assert.DoesNotContain("iBFT", screen[0]);
        Assert.Equal(2, screen[1].Split("iBFT").Length);
        Assert.Contains(LeftOut, screen[1]);
        Assert.Equal(["iqn.a iqn.b", "iqn.b iqn.c"], _tables.Select(TargetNames));
    }

    [Theory]
    [InlineData("", "",
        "netroot=iscsi:10.0.2.77:6:3260:1:iqn.y:disk",
        "iscsi_target_group=1")]
    [InlineData("set username joe\nset password secret-1\n", "",
        "netroot=iscsi:joe:secret-1@10.0.2.77:6:3260:1:iqn.y:disk",
        "iscsi_target_group=1 iscsi_username=joe iscsi_password=secret-1")]
    [InlineData(Secrets, "",
        "netroot=iscsi:joe:secret-1:jim:secret-2@10.0.2.77:6:3260:1:iqn.y:disk",
        "iscsi_target_group=1 iscsi_username=joe iscsi_password=secret-1 iscsi_in_username=jim "
            + "iscsi_in_password=secret-2")]
    [InlineData("set username joe\nset password a:b@c\n", "",
        "rd.iscsi.username=joe rd.iscsi.password=a:b@c netroot=iscsi:10.0.2.77:6:3260:1:iqn.y:disk",
        "iscsi_target_group=1 iscsi_username=joe iscsi_password=a:b@c")]
    [InlineData("", "sanhook -d 0x90 iscsi:10.0.2.78::860:0:iqn.z\n",
        "netroot=iscsi:10.0.2.77:6:3260:1:iqn.y:disk netroot=iscsi:10.0.2.77:6:860:0:iqn.z",
        "iscsi_target_group=1")]
    public void TheKernelsWordsAreReadyMade(string settings, string more, string dracut, string debian)
    {
        Run($"{settings}sanhook iscsi:target.test:::1:iqn.y:disk\n{more}echo <${{san/dracut-args}}>\n"
            + "echo <${san/debian-args}>");
        Assert.Contains("<rd.neednet=1 ip=10.0.2.15::10.0.2.2:255.255.255.0:box::none BOOTIF=01-52-54-00-12-34-56 "
            + $"nameserver=10.0.2.3 rd.iscsi.initiator=iqn.x:we {dracut}>\n", _world.Console.Screen);
        Assert.Contains("<ip=10.0.2.15::10.0.2.2:255.255.255.0:box::none BOOTIF=01-52-54-00-12-34-56 "
            + "iscsi_initiator=iqn.x:we iscsi_target_name=iqn.y:disk iscsi_target_ip=10.0.2.77 iscsi_target_port=3260 "
            + $"{debian}>\n", _world.Console.Screen);
    }

    [Fact]
    public void OneTableAndOneLineHaveOneNameOfOurs()
    {
        Run("sanhook iscsi:10.0.2.77::::iqn.a\nset initiator-iqn iqn.x:other\n"
            + "sanhook -d 0x81 iscsi:10.0.2.77::::iqn.b\necho <${san/dracut-args}>\nsanboot");
        Assert.Contains("SAN drive 0x81 is not in the iBFT, which holds the targets of one initiator-iqn: the operating"
            + " system does not learn of it\n", _world.Console.Screen);
        string table = Encoding.ASCII.GetString(_table);
        Assert.True(table.Contains("iqn.x:we") && table.Contains("iqn.a"));
        Assert.False(table.Contains("iqn.x:other") || table.Contains("iqn.b"));
        Assert.Contains("rd.iscsi.initiator=iqn.x:we netroot=iscsi:10.0.2.77:6:3260:0:iqn.a>\n", _world.Console.Screen);
    }

    /// <summary>DHCP may have set them.</summary>
    [Theory]
    [InlineData("set username joe\nset password:hex 61:20:72:6f:6f:74:3d:78\n")]
    [InlineData("set username j\"oe\nset password secret\n")]
    [InlineData("set username joe\nset password:hex 61:0a:62\n")]
    public void NamesAndSecretsThatAreNoWordsDoNotReachTheKernelsLine(string settings)
    {
        Run($"{settings}sanhook iscsi:10.0.2.77::::iqn.y\necho <${{san/dracut-args}}${{san/debian-args}}>");
        Assert.Contains("<>\n", _world.Console.Screen);
    }

    [Fact]
    public void AHostNameThatIsNoneDoesNotReachTheKernelsLine()
    {
        Run("set hostname box init=/bin/sh\nsanhook iscsi:10.0.2.77::::iqn.y\necho <${san/debian-args}>");
        Assert.Contains(":255.255.255.0:::none BOOTIF", _world.Console.Screen);
        Assert.DoesNotContain("/bin/sh", _world.Console.Screen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sanhook iscsi:10.0.2.77::::iqn.y\nsanunhook\n")]
    [InlineData("sanhook http://h/disk.iso\n")]
    public void WithoutAnIscsiDiskThereAreNoWords(string script)
    {
        Run(script + "isset ${san/dracut-args} || isset ${san/debian-args} || echo none");
        Assert.Contains("none\n", _world.Console.Screen);
    }

    /// <summary>Runs a script; the last disk and all tables are looked at when something is started.</summary>
    private void Run(string script, string address = Static, Action? onStart = null)
    {
        if (_world.Network.Interfaces.Count == 0) _world.WithCard();
        _world.Disks.Starting = () =>
        {
            _place = _world.Disks.Disks[^1].Place;
            if (_world.Disks.Tables.Count > 0) _tables.Add(_table = _world.Disks.Tables[^1]);
            onStart?.Invoke();
        };
        _world.EmbeddedScript = $"#!ipxe\n{address}ifopen\n{script}";
        _world.Run();
    }

    private static string TargetNames(byte[] table) => string.Join(' ', LinuxIbft.Read(table)
        .Where(pair => pair.Key.StartsWith("target", StringComparison.Ordinal))
        .Select(pair => pair.Value.Split("target-name ")[1].Split(' ')[0]));

    private void Check(string expected) => Assert.Equal(Golden.Bytes(expected), _place.Nodes.ToArray());
}
