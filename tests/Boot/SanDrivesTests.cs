using System;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what scripts do with network disks: which drive, with which names and secrets, shown where, told
/// to whom, and taken away when (spec/ipxe-compat.md 2.6, 6 and 7.6).</summary>
public class SanDrivesTests
{
    private const string Disk = "iscsi:10.0.2.77::::iqn.2026-11.test:disk";
    private const string Opened = "open iscsi:10.0.2.77::3260:0:iqn.2026-11.test:disk";
    private readonly BootWorld _world = new();

    private string Screen => _world.Console.Screen;

    [Fact]
    public void ADriveIsOpenedShownAndDescribedAndTakenAwayAgain()
    {
        Run($"sanhook {Disk}\necho hooked\nsanunhook");
        Deeds(Opened, "attach", "table in", "table out", "detach", "close");
        Assert.Contains("Connecting iscsi:10.0.2.77::3260:0:iqn.2026-11.test:disk... ok\n"
            + "SAN drive 0x80: 1024 MiB in blocks of 512 bytes\nhooked\n", Screen);
    }

    [Theory]
    [InlineData("sync", 0, "synced")]
    [InlineData("sync", 29_000, "synced")]
    [InlineData("sync", 31_000, "Not everything was done within 30000 ms [4c0a0042]")]
    [InlineData("sync --timeout 500", 400, "synced")]
    [InlineData("sync --timeout 500", 600, "Not everything was done within 500 ms [4c0a0042]")]
    public void SyncWaitsForTheDisksToWriteButNotForEver(string line, long flushMs, string output)
    {
        _world.Opener.FlushMs = flushMs;
        Run($"sanhook {Disk}\n{line} && echo synced ||\nsanunhook");
        Deeds(Opened, "attach", "table in", "flush", "table out", "detach", "close");
        Assert.Contains(output, Screen);
    }

    [Fact]
    public void WhateverIsStillHookedIsTakenAwayWhenWeLeave()
    {
        Run($"sanhook {Disk}\nsanhook -d 0x81 {Disk}2");
        Assert.Empty(_world.Disks.Disks);
        Assert.Empty(_world.Disks.Tables);
        Assert.Equal(2, _world.Firmware.Deeds.Count(deed => deed == "close"));
        Assert.DoesNotContain("resetting", Screen);
    }

    [Fact]
    public void ADriveCanHaveSeveralPaths()
    {
        Run($"sanhook {Disk} iscsi:10.0.2.78:6:860:1-2:iqn.b");
        Assert.Equal(2, _world.Opener.Options.Count);
        Assert.Contains("Connecting iscsi:10.0.2.77::3260:0:iqn.2026-11.test:disk and 1 more...", Screen);
    }

    [Theory]
    [InlineData("sanhook {0}", 0x80)]
    [InlineData("set san-drive 0x83\nsanhook {0}", 0x83)]
    [InlineData("set san-drive 0x83\nsanhook --drive 0x84 {0}", 0x84)]
    [InlineData("set san-drive 0\nsanhook {0}", 0x80)]
    public void TheDriveComesFromTheOptionThenTheSettingThenIs80(string script, int drive)
    {
        Run(string.Format(script, Disk) + "\nsanboot");
        Assert.Equal([(uint)drive], Assert.Single(_world.Disks.Starts).Drives.Keys);
    }

    [Fact]
    public void ADriveNumberIsUsedOnce()
    {
        Run($"sanhook {Disk}\nsanhook {Disk}2 || echo second ${{errno}}\nsanunhook\nsanhook {Disk}2 && echo third");
        Assert.Contains("There is a drive 0x80 already [030b0080] - ", Screen);
        Assert.Contains("second 0x30b0080\n", Screen);
        Assert.Contains("third\n", Screen);
    }

    [Fact]
    public void CredentialsAreReadWhenADriveIsHooked()
    {
        Run("set initiator-iqn iqn.test:we\nset username a\nset password secret-a\nset san-retries 3\n"
            + $"sanhook {Disk}\nset username b\nset password secret-b\nset reverse-username c\n"
            + $"set reverse-password secret-c\nset san-retries\nsanhook -d 0x81 {Disk}2");
        Assert.Equal(
            [("a", "secret-a", null, null, 3), ("b", "secret-b", "c", "secret-c", 10)],
            _world.Opener.Options.Select(it =>
                (it.UserName, it.Password, it.ReverseUserName, it.ReversePassword, it.Retries)));
        Assert.All(_world.Opener.Options, it => Assert.Equal("iqn.test:we", it.InitiatorName));
        Assert.DoesNotContain("secret", Screen);
    }

    [Theory]
    [InlineData("set initiator-iqn iqn.test:we\nset hostname box\n", "iqn.test:we")]
    [InlineData("set hostname box\n", "iqn.2010-04.org.ipxe:box")]
    [InlineData("", "iqn.2010-04.org.ipxe:03020100-0504-0706-0809-0a0b0c0d0e0f")]
    public void OurNameFallsBackToTheHostsAndThenToTheUuid(string settings, string name)
    {
        Run($"{settings}sanhook {Disk}");
        Assert.Equal(name, Assert.Single(_world.Opener.Options).InitiatorName);
    }

    [Fact]
    public void WithoutHostNameAndUuidWeAreCalledByTheFirstCardsAddress()
    {
        _world.WithCard().WithCard(address: MacAddress.Read([2, 0, 0, 0, 0, 9]));
        Run($"sanhook {Disk}", hasUuid: false);
        Assert.Equal(
            "iqn.2010-04.org.ipxe:52-54-00-12-34-56", Assert.Single(_world.Opener.Options).InitiatorName);
    }

    [Fact]
    public void WithoutAnyNameNothingIsOpened()
    {
        _world.EmbeddedScript = $"#!ipxe\nsanhook {Disk} || echo failed";   // not even a card
        _world.Run();
        Assert.Contains("[1c0b0003] - ", Screen);
        Assert.Empty(_world.Firmware.Deeds);
    }

    [Theory]
    [InlineData("sanhook iscsi:10.0.2.77:iqn.x", "1c0b0001")]
    [InlineData("sanhook aoe:e0.0", "3c0b0081")]
    [InlineData("sanhook nfs://10.0.2.2/x", "3c0b0081")]
    [InlineData("sanhook http://h/a http://h/b", "3c0b0082")]
    [InlineData("sanhook iscsi:10.0.2.77::::iqn.x http://h/b", "3c0b0082")]
    [InlineData("sanboot --ram http://h/missing", "2dff0002")]
    public void ABadRootPathSaysWhy(string line, string code)
    {
        Run($"{line} || echo failed");
        Assert.Contains($"[{code}] - ", Screen);
        Assert.Contains("\nfailed\n", Screen);
        Assert.Empty(_world.Firmware.Deeds);
    }

    [Fact]
    public void WhatTheTargetRefusesIsTheLinesFailure()
    {
        _world.Opener.Failure = SanFailure.AuthenticationFailed;
        Run($"sanhook {Disk} || echo failed ${{errno}}");
        Assert.Contains($"...\n{SanFailure.AuthenticationFailed.Sentence} [410b0008] - "
            + $"{SanFailure.AuthenticationFailed.Hint}\nfailed 0x410b0008\n", Screen);
    }

    [Fact]
    public void ControlCEndsTheWaitForATarget()
    {
        _world.Opener.OpeningMs = 60_000;
        _world.Console.Press(3000, 3);
        Run($"sanhook {Disk} || echo stopped");
        Assert.Contains($"Connecting iscsi:10.0.2.77::3260:0:iqn.2026-11.test:disk", Screen);
        Assert.Contains("stopped\n", Screen);
        Assert.True(_world.Clock.Now - default(Instant) < Duration.FromSeconds(20));
    }

    [Fact]
    public void WhatTheFirmwareRefusesIsClosedAgain()
    {
        _world.Disks.Refusal = SanFailure.DiskRefused;
        Run($"sanhook {Disk} || echo failed\nsanboot || echo no drive");
        Assert.Equal([Opened, "close", "start from any of "],
            _world.Firmware.Deeds);
    }

    [Theory]
    [InlineData("sanboot {0}", "start from 0x80 of 0x80 table out detach close")]
    [InlineData("sanboot --drive 0x82 {0}", "start from 0x82 of 0x82 table out detach close")]
    [InlineData("sanboot --keep {0}\nsanboot -d 0x80", "start from 0x80 of 0x80 start from 0x80 of 0x80")]
    [InlineData("set keep-san 1\nsanboot {0}\nsanboot -d 0x80", "start from 0x80 of 0x80 start from 0x80 of 0x80")]
    [InlineData("set keep-san 0\nsanboot {0}", "start from 0x80 of 0x80 table out detach close")]
    public void SanbootTakesTheDriveAwayUnlessItIsToBeKept(string script, string deeds)
    {
        Run(string.Format(script, Disk) + "\nimgstat\nsanhook --drive 0x90 nothing:");
        string done = string.Join(" ", _world.Firmware.Deeds.Skip(3));
        Assert.StartsWith(deeds, done);
    }

    [Fact]
    public void ADriveIsTakenAwayAlsoWhenNothingOnItBoots()
    {
        _world.Disks.StartRefusal = SanFailure.NoProgram;
        Run($"sanboot {Disk} || echo failed ${{errno}}");
        Deeds(Opened, "attach", "table in", "start from 0x80 of 0x80", "table out", "detach", "close");
        Assert.Contains("failed 0x2d0b0070\n", Screen);
    }

    [Fact]
    public void AProgramThatEndsWithAnErrorFailsTheLine()
    {
        _world.Disks.ExitStatus = 0x8000_0000_0000_000e;
        Run($"sanboot {Disk} || echo failed ${{errno}}");
        Assert.Contains("The program on the disk ended with EFI status 0x800000000000000e [1d0b0083] - ", Screen);
        Assert.Contains("failed 0x1d0b0083\n", Screen);
    }

    [Theory]
    [InlineData("sanboot", "any")]
    [InlineData("sanboot --drive 0", "any")]
    [InlineData("sanboot --no-describe --drive 0x81", "0x81")]
    [InlineData("set san-drive 0x82\nsanboot", "0x82")]
    public void WithoutARootPathTheDrivesThatAreThereBoot(string script, string drive)
    {
        Run($"{script} && echo came back");
        Deeds($"start from {drive} of ");
        Assert.Contains("came back\n", Screen);
    }

    [Fact]
    public void AllWishesReachTheFirmwaresSide()
    {
        Run(@"sanboot -f \a.efi -e /b/c -l DÄTA -u 00112233-4455-6677-8899-aabbccddeeff");
        DiskStart start = Assert.Single(_world.Disks.Starts);
        Assert.Equal((@"\a.efi", "/b/c", "DÄTA"), (start.FileName, start.ExtraFileName, start.Label));
        Assert.Equal("33221100554477668899AABBCCDDEEFF", Convert.ToHexString(start.PartitionGuid.Span));
    }

    [Fact]
    public void AFileOnAServerIsADiskRelativeToTheScript()
    {
        _world.WithFile("http://h/x/boot.ipxe", "#!ipxe\nsanboot disk.iso && echo came back\n");
        Run("chain http://h/x/boot.ipxe");
        Deeds("open http://h/x/disk.iso", "attach", "start from 0x80 of 0x80", "detach", "close");
        Assert.Contains("Opening http://h/x/disk.iso... ok\n", Screen);
        Assert.Contains("came back\n", Screen);
    }

    [Fact]
    public void AFileInMemoryIsADiskToo()
    {
        _world.WithFile("http://h/disk.img", new byte[4096]);
        var other = new SanDrivesTests();
        other.Run("echo no disk");
        Run("sanboot --ram http://h/disk.img && echo came back");
        Deeds("open memory of 4096", "attach", "start from 0x80 of 0x80", "detach", "close");
        Assert.Contains("http://h/disk.img... ok (4 KiB", Screen);
        Assert.Contains("came back\n", Screen);
        Assert.Equal(other._world.Firmware.PagesHeldBytes, _world.Firmware.PagesHeldBytes);
    }

    [Fact]
    public void WithoutAcpiSanhookWorksWithoutMoreWords()
    {
        _world.Disks.HasAcpi = false;
        Run($"sanhook {Disk} && echo hooked");
        Deeds(Opened, "attach", "detach", "close");
        Assert.Contains("hooked\n", Screen);
    }

    [Fact]
    public void NoDescribeInstallsNoTable()
    {
        Run($"sanhook --no-describe {Disk}");
        Deeds(Opened, "attach", "detach", "close");
    }

    [Theory]
    [InlineData("sanhook {0}")]
    [InlineData("sanhook {0}\nsanunhook")]
    [InlineData("sanboot {0} ||")]
    public void AFirmwareThatKeepsDisksIsNotReturnedTo(string script)
    {
        _world.Disks.KeepsDetachedDisks = true;
        Run(string.Format(script, Disk) + "\nexit 0");
        Assert.Equal("reset Cold", _world.Firmware.Deeds[^1]);
        Assert.Equal("close", _world.Firmware.Deeds[^2]);
        Assert.Contains("resetting the machine instead of returning to it\n", Screen);
    }

    [Fact]
    public void ItIsReturnedToWhenItNeverHadADisk()
    {
        _world.Disks.KeepsDetachedDisks = true;
        _world.Opener.Failure = SanFailure.TargetNotFound;
        Run($"sanhook {Disk} ||\nexit 0");
        Assert.DoesNotContain("reset Cold", _world.Firmware.Deeds);
    }

    private void Run(string script, bool hasUuid = true)
    {
        if (hasUuid) _world.Hardware.SetUuid([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        _world.WithCard();
        _world.EmbeddedScript = "#!ipxe\nset net0/ip 10.0.2.15\nset net0/netmask 255.255.255.0\nifopen\n" + script;
        _world.Run();
    }

    private void Deeds(params string[] deeds) => Assert.Equal(deeds, _world.Firmware.Deeds);
}
