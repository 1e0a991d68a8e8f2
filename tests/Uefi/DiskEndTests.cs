using System;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Uefi.Fakes;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Uefi;
/// <summary>Protects the end of our disks: nothing stays behind that must not, and the network stays only for whoever
/// needs it.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class DiskEndTests : DiskWorld
{
    [Fact]
    public void ADetachedDiskIsGoneAndItsMemoryGivenBack()
    {
        nint[] handles = [.. _fake.Handles.Keys];
        int pages = _fake.Pages.Count;
        IAttachedDisk attached = Attach();
        nint handle = _fake.Find(Guids.BlockIo);
        Status flushed = Status.NotReady;
        _fake.OnDisconnect = _ =>
        {
            BlockIo* disk = Shown();
            flushed = disk->FlushBlocks(disk);   // a file system lets go
        };
        attached.Detach();
        attached.Detach();
        Assert.Equal(Status.Success, flushed);
        Assert.Contains($"disconnect {handle:x}", _fake.Log);
        Assert.Equal(handles, _fake.Handles.Keys);
        Assert.Equal(pages, _fake.Pages.Count);
        Attach();   // and again
        _firmware.Leave();
        Assert.Empty(_fake.Pages);
        Assert.DoesNotContain(_fake.Log, line => line.StartsWith("reset"));
    }

    [Fact]
    public void UbootKeepsADetachedDiskSoItStaysWithoutMediaAndTheMachineIsReset()
    {
        PowerOn("Das U-Boot");
        Assert.True(_host.KeepsDetachedDisks);
        IAttachedDisk attached = Attach();
        BlockIo* disk = Shown();
        attached.Detach();

        byte* buffer = stackalloc byte[512];
        Assert.True(disk == Shown());
        Assert.Equal(0, disk->Media->MediaPresent);
        Assert.Equal(Status.NoMedia, (Status)disk->ReadBlocks(disk, Media, 0, 512, buffer));
        Assert.Equal(Status.NoMedia, (Status)disk->FlushBlocks(disk));
        _firmware.Leave();
        Assert.Equal("reset 0", _fake.Log[^1]);
    }

    [Fact]
    public void ADiskThatComesBackToUbootTakesItsOldPlace()
    {
        PowerOn("Das U-Boot");
        IAttachedDisk first = Attach();
        BlockIo* disk = Shown();
        first.Detach();
        _disk = new TestDisk(_pump, blocks: 20);
        Attach();
        first.Detach();   // long over: not the new one's business
        Assert.True(disk == Shown());
        Assert.Equal((1, 19ul), (disk->Media->MediaPresent, disk->Media->LastBlock));
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.Success, Read(19, 512, buffer));
        });
    }

    [Fact]
    public void AFirmwareThatDoesNotLetGoIsTreatedLikeUboot()
    {
        IAttachedDisk attached = Attach();
        BlockIo* disk = Shown();
        _fake.RefusesUninstall = true;
        attached.Detach();
        byte* buffer = stackalloc byte[512];
        Assert.Equal(Status.NoMedia, (Status)disk->ReadBlocks(disk, Media, 0, 512, buffer));
        _firmware.Leave();
        Assert.Equal("reset 0", _fake.Log[^1]);
    }

    [Fact]
    public void ARefusedDiskLeavesNothing()
    {
        int pages = _fake.Pages.Count;
        _fake.RefusesInstall = true;
        BootFailure failure = Assert.Throws<BootFailure>(() => Attach());
        Assert.Same(SanFailure.DiskRefused, failure.Kind);
        Assert.Equal(pages, _fake.Pages.Count);
    }

    [Fact]
    public void TheNetworkStaysOpenWhileAProgramRunsOnlyForADiskBehindIt()
    {
        IAttachedDisk attached = Attach();
        uint during = 99;
        WhileRunning(() => during = _card.Mode->State);
        Assert.Equal(SimpleNetworkState.Initialized, during);
        attached.Detach();
        WhileRunning(() => during = _card.Mode->State);
        Assert.Equal(SimpleNetworkState.Stopped, during);
        _host.Attach(_disk, new DiskPlace { Nodes = Nodes });   // in memory
        WhileRunning(() => during = _card.Mode->State);
        Assert.Equal(SimpleNetworkState.Stopped, during);
    }

    [Fact]
    public void WhileAProgramDoesNotReadTheNetworkIsServedByATimer()
    {
        Attach();
        var polled = new CountingPolled();
        _pump.Add(polled);
        _disk.During = () => Fire();
        FakeEvent Timer() => _fake.Events.Values.Single(it => it.Period == 500_000);
        void Fire() => _fake.Fire(Timer());
        WhileRunning(() =>
        {
            Fire();
            Fire();
            Assert.Equal(2, polled.Count);
            byte* buffer = stackalloc byte[512];
            Read(0, 512, buffer);   // in the middle of a request it does nothing
            Assert.Equal(3, polled.Count);
        });
        Assert.DoesNotContain(_fake.Events.Values, it => it.Period == 500_000);
    }

    private sealed class CountingPolled : IPolled
    {
        public int Count { get; private set; }
        public Instant NextDeadline => Instant.Never;

        public bool Poll(Instant now)
        {
            Count++;
            return false;
        }
    }

    [Theory]
    [InlineData("EDK II")]
    [InlineData("Das U-Boot")]
    public void BeforeTheOperatingSystemTakesOverPeersAreTold(string vendor)
    {
        PowerOn(vendor);
        Attach();
        int calls = 0;
        _firmware.HandingOver = () =>
        {
            calls++;
            _opened.Send(new byte[60]);
        };
        WhileRunning(() =>
        {
            _fake.AnnounceExit();
            Assert.Equal((1, 1, 0), (calls, _card.Sent.Count, _card.InFlightCount));
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.Success, Read(0, 512, buffer));   // it may yet fail to take over
            _disk.During = () => _fake.AnnounceExit();
            Assert.Equal(Status.Success, Read(0, 512, buffer));
            Assert.Equal(1, calls);                               // nothing comes in the middle of a request
            _disk.During = null;
            _fake.ExitBootServices();
            _fake.AnnounceExit();
            Assert.Equal(1, calls);
        });
    }

    [Fact]
    public void ACardThatDoesNotSayItHasSentIsWaitedForAMoment()
    {
        Attach();
        _card.KeepsBuffers = true;
        _firmware.HandingOver = () => _opened.Send(new byte[60]);
        _fake.Cpu.TicksPerRead = 100;
        WhileRunning(() =>
        {
            ulong before = _fake.Cpu.Counter;
            _fake.AnnounceExit();
            Assert.InRange(_fake.Cpu.Counter - before, 10_000u, 12_000u);
        });
        _fake.Cpu.TicksPerRead = 0;
        _card.ReleaseBuffers();
    }

    [Fact]
    public void WhenTheOperatingSystemTakesOverTheDiskIsDeadAtOnce()
    {
        Attach();
        WhileRunning(() =>
        {
            _fake.ExitBootServices();
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
        });
        Assert.Empty(_disk.Log);
    }

    [Fact]
    public void ADiskInMemoryBecomesARamDiskOfTheFirmwaresWhereItHasThem()
    {
        Assert.False(_host.HasRamDisks);
        var disk = new MemoryDisk(new byte[2048]);
        _host.Attach(disk, new DiskPlace { Nodes = Nodes }).Detach();
        Assert.DoesNotContain(_fake.Log, line => line.StartsWith("ram disk"));

        FakeRamDisks.Install(_fake);
        Assert.True(_host.HasRamDisks);
        int pages = _fake.Pages.Count;
        IAttachedDisk attached = _host.Attach(disk, new DiskPlace { Nodes = Nodes });
        Assert.Contains("ram disk of 2048 bytes, hard disk", _fake.Log);
        Assert.DoesNotContain(_fake.Handles.Values, handle => handle.ContainsKey(Guids.BlockIo));
        attached.Detach();
        attached.Detach();
        Assert.Equal("ram disk gone", _fake.Log[^1]);
        Assert.Equal(pages, _fake.Pages.Count);

        byte[] cd = new byte[20 * 2048];
        "CD001"u8.CopyTo(cd.AsSpan(32769));
        FakeRamDisks.Answer = Status.OutOfResources;
        _host.Attach(new MemoryDisk(cd), new DiskPlace { Nodes = Nodes });   // then by our own interface
        Assert.Contains("ram disk of 40960 bytes, CD", _fake.Log);
        Assert.Equal((2048u, 19ul), (Shown()->Media->BlockSize, Shown()->Media->LastBlock));
    }

    [Fact]
    public void AnAcpiTableIsThereUntilItIsDisposed()
    {
        Assert.False(_host.HasAcpi);
        Assert.Same(SanFailure.NoAcpi, Assert.Throws<BootFailure>(() => _host.InstallTable([1, 2])).Kind);
        FakeAcpiTables.Install(_fake);
        Assert.True(_host.HasAcpi);
        IDisposable table = _host.InstallTable([1, 2, 3]);
        Assert.Equal("table 1 is 010203", _fake.Log[^1]);
        table.Dispose();
        table.Dispose();
        Assert.Equal("table 1 gone", _fake.Log[^1]);
        Assert.Single(_fake.Log, line => line.EndsWith("gone"));
        Assert.Same(SanFailure.NoAcpi, Assert.Throws<BootFailure>(() => _host.InstallTable([])).Kind);
    }
}
