using System;
using System.Text;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the order of things at start, and whole boots from script to hand-over (spec/ipxe-compat.md 1.10,
/// 4.3, 4.6, 7).</summary>
public class StartUpTests
{
    private const string Offer = "Press Ctrl-B for the iPXE command line...";
    private readonly BootWorld _world = new();

    private string Screen => _world.Console.Screen;

    private void Fetched(params string[] uris) => Assert.Equal(uris, _world.Requests);

    [Fact]
    public void TheBannerNamesUsAndOurFeatures()
    {
        _world.EmbeddedScript = "#!ipxe\nexit";
        Assert.Equal(0ul, _world.Run());
        Assert.StartsWith(
            "\nBootlace 0.1 -- UEFI network boot\nFeatures: DNS HTTP HTTPS iSCSI TFTP VLAN EFI Menu\n\n", Screen);
        Assert.Contains(Offer, Screen);
    }

    [Fact]
    public void KernelInitrdBootHandsOverExactlyThat()
    {
        byte[] kernel = TestPe.Make(), initrd = Encoding.UTF8.GetBytes(new string('i', 5000));
        _world.WithCard().WithFile("http://h/boot/vmlinuz", kernel).WithFile("http://h/boot/initrd.img", initrd)
            .WithFile("http://h/boot/file.txt", "content").WithFile("http://h/boot/lib.ipxe", "#!ipxe\necho lib");
        _world.Dhcp = _ => Lease();
        _world.EmbeddedScript = "#!ipxe\ndhcp\nset base http://h/boot\nkernel ${base}/vmlinuz console=ttyS0 ip=${ip}\n"
            + "initrd ${base}/initrd.img\nimgfetch ${base}/file.txt /etc/file.txt mode=600\n"
            + "imgfetch ${base}/lib.ipxe\nchain lib.ipxe\nimgstat\nboot || echo back ${errno}";
        _world.Run();

        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Equal("vmlinuz", started.Name);
        Assert.Equal("http://h/boot/vmlinuz", started.Uri);
        Assert.Equal("vmlinuz console=ttyS0 ip=10.0.2.15", started.CommandLine);
        Assert.Equal(kernel, started.Image);
        Assert.Equal(initrd, started.Initrd[..5000]);
        Assert.Equal((byte)'0', started.Initrd[8192]);   // the archive member begins on its own page
        Assert.Equal(["initrd.img", "file.txt", "initrd.magic"], started.Files.Keys);
        Assert.Equal(started.Initrd, started.Files["initrd.magic"]);
        Assert.Contains("Configuring (net0 52:54:00:12:34:56).... ok\nnet0: 10.0.2.15/255.255.255.0 gw 10.0.2.2\n",
            Screen);
        Assert.Contains("vmlinuz : 2048 bytes [EFI] [SELECTED] \"console=ttyS0 ip=10.0.2.15\"\n", Screen);
        Assert.Contains("http://h/boot/initrd.img... ok (4 KiB", Screen);
        Assert.Contains("lib\n", Screen);
    }

    [Fact]
    public void TheScriptsOfTheStartNeverReachTheInitrd()
    {
        _world.Source = new BootSource { VolumePath = @"\EFI\BOOT\BOOTX64.EFI" };
        _world.Firmware.Volume["/EFI/BOOT/autoexec.ipxe"] = "#!ipxe\nkernel vmlinuz\nboot"u8.ToArray();
        _world.Firmware.Volume["/EFI/BOOT/vmlinuz"] = TestPe.Make();
        _world.Run();
        FakeFirmware.StartedImage started = Assert.Single(_world.Firmware.Started);
        Assert.Empty(started.Initrd);
        Assert.Empty(started.Files);
        Assert.Equal("file:/EFI/BOOT/vmlinuz", started.Uri);
    }

    [Theory]
    [InlineData("embedded", "line", true, "embedded")]
    [InlineData("", "line", true, "line")]
    [InlineData("", "", true, "autoexec")]
    public void TheFirstScriptThereIsRuns(string embedded, string line, bool hasAutoexec, string expected)
    {
        if (embedded.Length > 0) _world.EmbeddedScript = $"#!ipxe\necho I am {embedded}";
        _world.Source = new BootSource
        {
            VolumePath = "/loader.efi",
            LoadOptions = line.Length > 0 ? $"echo I am {line} && exit 3 || echo no" : "",
        };
        if (hasAutoexec) _world.Firmware.Volume["/autoexec.ipxe"] = "#!ipxe\necho I am autoexec"u8.ToArray();
        ulong status = _world.Run();
        Assert.Contains($"I am {expected}\n", Screen);
        Assert.Equal(line.Length > 0 && embedded.Length == 0 ? 0x8000_0000_0000_007d : 0, status);
    }

    [Fact]
    public void AutoexecAtTheRootIsFoundTooAndAnAbsentOneIsSilent()
    {
        _world.Source = new BootSource { VolumePath = @"\EFI\BOOT\BOOTX64.EFI" };
        _world.Firmware.Volume["/autoexec.ipxe"] = "#!ipxe\necho ${cwuri} ${cwduri}"u8.ToArray();
        _world.Run();
        Assert.Contains("file:/autoexec.ipxe file:/\n", Screen);

        var other = new BootWorld { Source = _world.Source };
        other.Run();
        Assert.DoesNotContain("autoexec", other.Console.Screen);
    }

    [Fact]
    public void AnEmptyAutoexecIsNone()
    {
        _world.Source = new BootSource { VolumePath = "/l.efi" };
        _world.Firmware.Volume["/autoexec.ipxe"] = [];
        _world.Run();
        Assert.Contains("There is no network interface [2c0a001c]", Screen);
    }

    [Fact]
    public void AfterHttpBootTheScriptIsLookedForBesideUs()
    {
        _world.WithCard().WithFile("http://10.0.2.2/efi/autoexec.ipxe", "#!ipxe\necho ${cwuri} ${ip} ${next-server}");
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac,
            Uri = "http://10.0.2.2/efi/loader-x64.efi",
            PathLease = new DevicePathIpv4
            {
                Local = new Ipv4Address(10, 0, 2, 15),
                Netmask = new Ipv4Address(255, 255, 255, 0),
                Gateway = new Ipv4Address(10, 0, 2, 2),
            },
        };
        _world.Run();
        Fetched("http://10.0.2.2/efi/autoexec.ipxe");
        Assert.Contains("http://10.0.2.2/efi/autoexec.ipxe 10.0.2.15\n", Screen);
        Assert.Equal(new Ipv4Address(10, 0, 2, 15), _world.Network.Interfaces[0].Ipv4!.Address);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AServerThatIsNotBelievedHasNotSaidThatThereIsNoScript(bool isBelieved)
    {
        FailureKind kind = isBelieved ? HttpFailure.Forbidden : CertificateFailure.NoRoots;
        foreach (string path in (string[])["/efi/autoexec.ipxe", "/autoexec.ipxe"])
            _world.Broken["http://10.0.2.2" + path] = kind;
        _world.WithCard();
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac,
            Uri = "http://10.0.2.2/efi/loader-x64.efi",
            PathLease = new DevicePathIpv4
            {
                Local = new Ipv4Address(10, 0, 2, 15),
                Netmask = new Ipv4Address(255, 255, 255, 0),
            },
        };
        _world.Run();
        Assert.Equal(!isBelieved, Screen.Contains($"No autoexec.ipxe: {kind.Sentence} [{kind.Code:x8}]"));
    }

    [Fact]
    public void AfterPxeTheLeaseIsThereBeforeAnyDhcp()
    {
        _world.WithCard(address: MacAddress.Read([2, 0, 0, 0, 0, 1])).WithCard();
        _world.EmbeddedScript = "#!ipxe\necho [${next-server}] [${filename}] [${43.6:hex}] [${net1.dhcp/ip}] "
            + "[${proxydhcp/filename}]"
            + "\necho [${cwuri}] [${netX/mac}]\nifstat netX";
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac,
            DhcpAck = BootWorld.Packet("10.0.2.15", "10.0.2.2", "loader.efi", 1, 4, 255, 255, 255, 0, 43, 3, 6, 1, 8),
        };
        _world.Run();
        Assert.Contains("[10.0.2.2] [loader.efi] [08] [10.0.2.15] []\n[tftp://10.0.2.2/loader.efi] "
            + "[52:54:00:12:34:56]\n", Screen);
        Assert.Contains("net1: 52:54:00:12:34:56 using SNP on 0000:01:03.0 (Ethernet) [open]\n  [Link:up, TX:", Screen);
        Assert.Equal(24, _world.Network.Interfaces[1].Ipv4!.PrefixLength);
        Assert.False(_world.Network.Interfaces[0].IsOpen);
    }

    [Fact]
    public void WithoutAnyScriptDhcpNamesOneAndItRunsWithItsOwnUri()
    {
        _world.WithCard().WithFile("http://h/menu/boot.ipxe", "#!ipxe\nchain next.ipxe")
            .WithFile("http://h/menu/next.ipxe", "#!ipxe\necho next ${cwuri}\nexit 1");
        _world.Dhcp = _ => Lease("http://h/menu/boot.ipxe");
        Assert.Equal(0x8000_0000_0000_007f, _world.Run());
        Fetched("http://h/menu/boot.ipxe", "http://h/menu/next.ipxe");
        Assert.Contains("next http://h/menu/next.ipxe\n", Screen);
        Assert.Contains("Filename: http://h/menu/boot.ipxe\n", Screen);
    }

    [Fact]
    public void APlainFileNameIsTftpFromTheServerOfTheSameBlockAndAProgramIsStarted()
    {
        _world.WithCard().WithFile("tftp://10.0.2.4/grub/grubx64.efi", TestPe.Make());
        _world.Dhcp = _ => new LeasePackets(
            BootWorld.Packet("10.0.2.15", "10.0.2.2", "", 1, 4, 255, 255, 255, 0),
            BootWorld.Packet("", "10.0.2.4", "grub/grubx64.efi"));
        Assert.Equal(0ul, _world.Run());
        Assert.Equal("tftp://10.0.2.4/grub/grubx64.efi", Assert.Single(_world.Firmware.Started).Uri);
        Assert.Contains("Next server: 10.0.2.4\nFilename: grub/grubx64.efi\n", Screen);
    }

    [Fact]
    public void RedirectsKeepTheNameAndGiveTheNewUri()
    {
        _world.WithCard().WithFile("http://h/boot.ipxe", "redirect http://mirror/a/other.ipxe")
            .WithFile("http://mirror/a/other.ipxe", "#!ipxe\necho ${cwuri}\nchain sub || imgstat");
        _world.Dhcp = _ => Lease("http://h/boot.ipxe");
        _world.Run();
        Fetched("http://h/boot.ipxe", "http://mirror/a/other.ipxe", "http://mirror/a/sub");
        Assert.Contains("http://mirror/a/other.ipxe\n", Screen);
    }

    [Fact]
    public void ALoaderThatDhcpSendsToItselfStopsInsteadOfGoingRound()
    {
        _world.WithCard();
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac,
            DhcpAck = BootWorld.Packet("10.0.2.15", "10.0.2.2", "loader.efi"),
        };
        _world.Dhcp = _ => new LeasePackets(_world.Source.DhcpAck, default);
        _world.Run();
        Fetched("tftp://10.0.2.2/autoexec.ipxe");
        Assert.Contains("DHCP names tftp://10.0.2.2/loader.efi, which is this loader itself [2009000e] - ", Screen);
    }

    [Fact]
    public void AfterUbootsTftpbootTheScriptThatTheLeaseNamesIsNotOurselves()
    {
        _world.WithCard().WithFile("http://h/boot.ipxe", "#!ipxe\necho [${cwuri}]");
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac,
            NetworkPath = @"\loader.efi",
            DhcpAck = BootWorld.Packet("10.0.2.15", "10.0.2.2", "http://h/boot.ipxe"),
        };
        _world.Dhcp = _ => new LeasePackets(_world.Source.DhcpAck, default);
        _world.Run();
        Fetched("tftp://10.0.2.2/autoexec.ipxe", "http://h/boot.ipxe");
        Assert.Contains("[http://h/boot.ipxe]", Screen);
    }

    [Fact]
    public void NoDhcpServerIsSaidAndTheFirmwareGoesOn()
    {
        _world.WithCard();
        Assert.Equal(0x8000_0000_0000_0012, _world.Run());
        Assert.Contains("Configuring (net0 52:54:00:12:34:56).... No configuration methods succeeded\n"
            + "No DHCP server answered [4cff0001] - is there one?\nNo more network devices\n", Screen);
    }

    [Fact]
    public void NoLinkIsSaidAfterFifteenSeconds()
    {
        _world.WithCard(isLinkUp: false);
        Instant start = _world.Clock.Now;
        _world.Run();
        Assert.Contains("net0 has no link [38020100] - ", Screen);
        Assert.InRange((_world.Clock.Now - start).Milliseconds, 15_000, 21_000);
    }

    [Fact]
    public void NoFileNameIsSaid()
    {
        _world.WithCard();
        _world.Dhcp = _ => Lease();
        _world.Run();
        Assert.Contains("DHCP gave neither a boot file name nor a root path [2d09000f] - ", Screen);
    }

    [Theory]
    [InlineData("http://h/missing",
        "http://h/missing... failed\nthe server has no http://h/missing [2dff0002] - look elsewhere\n")]
    [InlineData("http://h/text", "text is text, not a program [2e090002] - ")]
    [InlineData("http://h/arm", "arm is for arm64, this machine is x64 [2e090003] - ")]
    [InlineData("http://h/short", "short is truncated: it has 1900 of at least 2048 bytes [2e090004] - ")]
    [InlineData("http://h/image.xz", "image.xz is compressed by xz [2e090006] - ")]
    [InlineData("http://h/noise", "noise is neither a script nor an EFI program [2e090001] - ")]
    [InlineData("gopher://h/x", "'gopher' is not a scheme we can fetch [3c050003] - ")]
    [InlineData("relative", "'relative' has no scheme and nothing to be relative to [1c050002] - ")]
    [InlineData("http://h/big", "does not fit: the largest free block of memory has 64 MiB [31090007] - ")]
    [InlineData("--timeout 100 http://h/slow", "http://h/slow did not arrive within 100 ms [4c09000d] - ")]
    public void EveryBadKernelHasItsOwnSentenceAndNeverReachesTheFirmware(string words, string output)
    {
        byte[] program = TestPe.Make();
        _world.WithFile("http://h/text", "<html>Not found</html>").WithFile("http://h/arm", TestPe.Make(PeImage.Arm64))
            .WithFile("http://h/short", program[..1900]).WithFile("http://h/image.xz", [0xfd, .. "7zXZ"u8, 0])
            .WithFile("http://h/noise", [1, 2, 3]).WithFile("http://h/big", new byte[60 << 20])
            .WithFile("http://h/slow", new byte[1 << 20]);
        _world.Firmware.LargestFreeBytes = 64 << 20;
        _world.PieceMs = words.Contains("slow") ? 50 : 1;
        _world.EmbeddedScript = $"#!ipxe\nkernel {words} || goto failed\nboot\n:failed\necho gone on";
        Assert.Equal(0ul, _world.Run());
        Assert.Contains(output, Screen);
        Assert.Contains("gone on\n", Screen);
        Assert.Empty(_world.Firmware.Started);
    }

    [Fact]
    public void AProgramThatComesBackWithAnErrorIsAFailureAndTheScriptGoesOn()
    {
        _world.WithFile("http://h/k", TestPe.Make());
        _world.Firmware.ExitStatuses.Enqueue(0x8000_0000_0000_0015);
        _world.EmbeddedScript = "#!ipxe\nchain http://h/k || echo ${errno}\nchain http://h/k && echo fine";
        _world.Run();
        Assert.Contains("k ended with EFI status 0x8000000000000015 [1d090008] - ", Screen);
        Assert.Contains("0x1d090008\n", Screen);
        Assert.Contains("fine\n", Screen);
    }

    [Fact]
    public void CtrlBInTheWindowOpensThePrompt()
    {
        _world.WithCard();
        _world.Console.Press(500, 2);
        _world.Console.Type(600, "set x 5\necho x is ${x}\n");
        _world.Console.Press(700, Key.Up.Code, 0x0d);
        _world.Console.Type(800, "exit\n");
        Assert.Equal(0ul, _world.Run());
        Assert.Contains($"{Offer}\niPXE> set x 5\niPXE> echo x is ${{x}}\nx is 5\niPXE> echo x is ${{x}}\nx is "
            + $"5\niPXE> exit\n", Screen);
        Assert.Empty(_world.Requests);
    }

    [Fact]
    public void CtrlCStopsATransferAndOnlyThat()
    {
        _world.PieceMs = 100;
        _world.WithFile("http://h/big", new byte[10 << 20]);
        _world.Console.Press(2000, 3);
        _world.EmbeddedScript = "#!ipxe\ninitrd http://h/big || echo ${errno}\necho on";
        _world.Run();
        Assert.Contains("failed\nCancelled [0b0a0015] - Ctrl-C was pressed\n0xb0a0015\non\n", Screen);
        Assert.Equal(0, _world.Firmware.PagesHeldBytes - 65_536);   // the running script's own pages only
    }

    [Fact]
    public void CtrlCStopsALoopThatNeverWaits()
    {
        _world.Console.Press(300, 3);
        _world.EmbeddedScript = "#!ipxe\n:loop\ngoto loop";
        Assert.Equal(0x8000_0000_0000_0015, _world.Run());
        Assert.Contains("Cancelled [0b0a0015]", Screen);
    }

    [Fact]
    public void CtrlCAtThePromptClearsTheLine()
    {
        _world.Console.Press(500, 2);
        _world.Console.Type(600, "garbage");
        _world.Console.Press(650, 3);
        _world.Console.Type(700, "exit 4\n");
        Assert.Equal(0x8000_0000_0000_007c, _world.Run());
    }

    [Theory]
    [InlineData("sleep 600")]
    [InlineData("echo first && sleep 600")]
    [InlineData("sleep 600 || sleep 600")]
    public void CtrlCTypedRightBehindALineStopsThatLine(string line)
    {
        _world.Console.Type(100, "\u0002");
        _world.Console.Type(200, line + "\n\u0003");
        _world.Console.Type(300, "echo next\nexit\n");
        _world.Run();
        Assert.Contains($"[{ScriptFailure.Cancelled.Code:x8}]", Screen);
        Assert.Contains("\nnext\n", Screen);
        Assert.True(_world.Clock.Now.Microseconds < 60_000_000);
    }

    [Fact]
    public void SleepAndPromptTakeTheirTime()
    {
        _world.EmbeddedScript = "#!ipxe\nsleep 3\nprompt --key 0x02 --timeout 2000 Wait ||\nread --timeout 1000 x "
            + "||\necho end";
        Instant start = _world.Clock.Now;
        _world.Run();
        Assert.InRange((_world.Clock.Now - start).Milliseconds, 8000, 8200);   // and 2 s for the last chance
        Assert.Contains("Wait\n\nNothing was typed in time [4c0a0017] - ", Screen);
    }

    [Fact]
    public void StaticSettingsConfigureTheCardAndClearingThemUndoesIt()
    {
        _world.WithCard();
        _world.EmbeddedScript = "#!ipxe\nifopen net0\nset net0/ip 192.168.7.2\nset net0/netmask 255.255.0.0\n"
            + "set net0/gateway 192.168.0.1";
        _world.Run();
        Ipv4Configuration configuration = _world.Network.Interfaces[0].Ipv4!;
        Assert.Equal((16, new Ipv4Address(192, 168, 0, 1)), (configuration.PrefixLength, configuration.Gateway));

        var other = new BootWorld().WithCard();
        other.EmbeddedScript = "#!ipxe\nifopen net0\nset net0/ip 192.168.7.2\nclear net0/ip";
        other.Run();
        Assert.Null(other.Network.Interfaces[0].Ipv4);
    }

    [Fact]
    public void ClasslessRoutesReplaceTheGateway()
    {
        _world.WithCard();
        _world.EmbeddedScript = "#!ipxe\ndhcp";
        _world.Dhcp = _ =>
            new LeasePackets(BootWorld.Packet("10.0.2.15", "", "", 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2,
            121, 14, 16, 172, 16, 10, 0, 2, 9, 0, 10, 0, 2, 3, 26, 2, 5), default);
        _world.Run();
        // the last option of the packet is cut short, so the lease is refused whole rather than half used
        Assert.Null(_world.Network.Interfaces[0].Ipv4);

        var other = new BootWorld().WithCard();
        other.EmbeddedScript = "#!ipxe\ndhcp";
        other.Dhcp = _ =>
            new LeasePackets(BootWorld.Packet("10.0.2.15", "", "", 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2,
            121, 12, 16, 172, 16, 10, 0, 2, 9, 0, 10, 0, 2, 3, 26, 2, 5, 0), default);
        other.Run();
        Ipv4Configuration configuration = other.Network.Interfaces[0].Ipv4!;
        Assert.True(configuration.Gateway.IsUnspecified);
        Assert.Equal(
            [new Ipv4Route(new Ipv4Address(172, 16, 0, 0), 16, new Ipv4Address(10, 0, 2, 9)),
             new Ipv4Route(default, 0, new Ipv4Address(10, 0, 2, 3))],
            configuration.Routes);
        Assert.Equal(1280, configuration.MtuBytes);
    }

    [Theory]
    [InlineData("exit", 0)]
    [InlineData("exit 1", 0x8000_0000_0000_007f)]
    [InlineData("exit 2", 0x8000_0000_0000_007e)]
    [InlineData("exit 128", 0x8000_0000_0000_0000)]
    [InlineData("frobnicate", 0x8000_0000_0000_0003)]
    [InlineData("isset ${x}", 0x8000_0000_0000_000e)]
    [InlineData("iseq a b", 0x8000_0000_0000_0002)]
    public void TheFirmwareIsToldHowItEnded(string line, ulong status)
    {
        _world.EmbeddedScript = "#!ipxe\n" + line;
        Assert.Equal(status, _world.Run());
    }

    [Fact]
    public void AllMemoryIsGivenBackByImgfree()
    {
        _world.WithFile("http://h/a", new byte[100_000]);
        _world.EmbeddedScript = "#!ipxe\ninitrd http://h/a\ninitrd http://h/a\nimgfree";
        _world.Run();
        Assert.Equal(65_536, _world.Firmware.PagesHeldBytes);   // the script's own pages
    }

    [Fact]
    public void AThousandImagesAreTooMany()
    {
        _world.WithFile("http://h/a", "x");
        _world.EmbeddedScript = "#!ipxe\n:loop initrd -q http://h/a && goto loop ||\nexit 9";
        Assert.Equal(0x8000_0000_0000_0077, _world.Run());
        Assert.Contains("There are too many images [34090009] - ", Screen);
    }

    [Fact]
    public void PowerCommandsReachTheFirmware()
    {
        _world.EmbeddedScript = "#!ipxe\nreboot\nreboot --warm\nreboot --setup\npoweroff";
        _world.Run();
        Assert.Equal(["reset Cold", "reset Warm", "reset Setup", "reset Off"], _world.Firmware.Deeds);
    }

    private static LeasePackets Lease(string file = "") => new(
        BootWorld.Packet("10.0.2.15", "10.0.2.2", file, 1, 4, 255, 255, 255, 0, 3, 4, 10, 0, 2, 2, 54, 4, 10, 0, 2, 2),
            default);
}
