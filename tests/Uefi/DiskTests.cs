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

/// <summary>Protects what the firmware sees of our disks: every answer of BlockIo, who may call when, and that nothing
/// stays behind that must not.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class DiskTests : IDisposable
{
    private const uint Media = 1;
    private static readonly byte[] s_path = new DevicePathWriter().Uri("iscsi").End();

    private FakeFirmware _fake = null!;
    private FakeSnp _card = null!;
    private INetworkDevice _opened = null!;
    private UefiFirmware _firmware = null!;
    private Pump _pump = null!;
    private TestDisk _disk = null!;
    private IDiskHost _host = null!;

    public DiskTests() => PowerOn("EDK II");

    public void Dispose()
    {
        _fake.OnConnect = null;
        _fake.OnDisconnect = null;
        _firmware.Leave();
        _fake.Dispose();
    }

    [Fact]
    public void ADiskHasItsProtocolsOnANewHandleBelowItsCardAndIsConnected()
    {
        _disk = new TestDisk(_pump, blocks: 100, blockBytes: 4096) { IsReadOnly = true, OptimalBlocks = 64 };
        Attach();

        nint handle = _fake.Find(Guids.BlockIo);
        byte[] expected = new DevicePathWriter().Nodes(_card.Path).Uri("iscsi").End();
        Assert.Equal(expected, DevicePaths.Copy((DevicePathProtocol*)_fake.Handles[handle][Guids.DevicePath]));
        Assert.Equal($"connect {handle:x}", _fake.Log[^1]);
        BlockIo* disk = Shown();
        Assert.Equal(0x0002001ful, disk->Revision);
        BlockIoMedia* media = disk->Media;
        Assert.True(media == Shown2()->Media);
        Assert.Equal((1, 1, 0, 0, 0), (media->MediaPresent, media->ReadOnly, media->RemovableMedia,
            media->LogicalPartition, media->WriteCaching));
        Assert.Equal((4096u, 99ul, 0u, 64u), (media->BlockSize, media->LastBlock, media->IoAlign,
            media->OptimalTransferLengthGranularity));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BlocksAreReadAndWrittenAtAnyAlignment(bool isSlow)
    {
        Attach();
        _disk.IsSlow = isSlow;
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[2049];
            buffer++;
            for (int i = 0; i < 2048; i++) buffer[i] = (byte)(i / 512 + 1);
            Assert.Equal(Status.Success, Write(12, 2048, buffer));
            new Span<byte>(buffer, 2048).Clear();
            Assert.Equal(Status.Success, Read(11, 1024, buffer));
            Assert.Equal((0, 0, 1, 1), (buffer[0], buffer[511], buffer[512], buffer[1023]));
        });
        Assert.Equal(4, _disk.Content[^1]);
    }

    [Theory]
    [InlineData(2u, 0ul, 512ul, true, 13)]             // media changed
    [InlineData(Media, 0ul, 511ul, true, 4)]           // bad buffer size
    [InlineData(Media, 0ul, 513ul, true, 4)]
    [InlineData(Media, 0ul, 512ul, false, 2)]          // no buffer
    [InlineData(Media, 16ul, 512ul, true, 2)]          // behind the end
    [InlineData(Media, 15ul, 1024ul, true, 2)]
    [InlineData(Media, 0ul, 17 * 512ul, true, 2)]
    [InlineData(Media, ulong.MaxValue, 512ul, true, 2)]                      // the end wraps to block 0
    [InlineData(Media, ulong.MaxValue - 1, 1024ul, true, 2)]
    [InlineData(Media, 1ul, ulong.MaxValue - 511, true, 2)]
    [InlineData(Media, 0ul, ulong.MaxValue, true, 4)]
    [InlineData(Media, 5ul, 0ul, false, 0)]            // nothing to do is no error
    public void ARequestThatCannotBeNeverReachesTheDisk(
        uint mediaId, ulong block, ulong countBytes, bool hasBuffer, int error)
    {
        Attach();
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[1024];
            if (!hasBuffer) buffer = null;
            Status expected = error == 0 ? Status.Success : new Status((nuint)error | (nuint)1 << 63);
            BlockIo* disk = Shown();
            Assert.Equal(expected, (Status)disk->ReadBlocks(disk, mediaId, block, (nuint)countBytes, buffer));
            Assert.Equal(expected, (Status)disk->WriteBlocks(disk, mediaId, block, (nuint)countBytes, buffer));
        });
        Assert.Empty(_disk.Log);
    }

    [Fact]
    public void AnUnknownInterfaceIsAnInvalidParameter()
    {
        Attach();
        BlockIo* disk = Shown();
        BlockIo stranger = *disk;
        Assert.Equal(Status.InvalidParameter, (Status)disk->ReadBlocks(&stranger, Media, 0, 0, null));
        Assert.Equal(Status.InvalidParameter, (Status)disk->FlushBlocks(null));
        Assert.Equal(Status.InvalidParameter, (Status)disk->Reset(null, 0));
        Assert.Equal(Status.Success, (Status)disk->Reset(disk, 1));
    }

    [Fact]
    public void AReadOnlyDiskRefusesToBeWritten()
    {
        _disk = new TestDisk(_pump) { IsReadOnly = true };
        Attach();
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.WriteProtected, Write(0, 512, buffer));
            Assert.Equal(Status.Success, Read(0, 512, buffer));
        });
        Assert.Equal(["read 0 1"], _disk.Log);
    }

    [Fact]
    public void AFlushCostsSomethingOnlyAfterAWrite()
    {
        Attach();
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            BlockIo* disk = Shown();
            Assert.Equal(Status.Success, (Status)disk->FlushBlocks(disk));
            Write(0, 512, buffer);
            Assert.Equal(Status.Success, (Status)disk->FlushBlocks(disk));
            Assert.Equal(Status.Success, (Status)disk->FlushBlocks(disk));
        });
        Assert.Equal(["write 0 1", "flush"], _disk.Log);
    }

    [Fact]
    public void AnAsynchronousRequestIsDoneAtOnceAndSaysSo()
    {
        Attach();
        _disk.Content[512] = 7;
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            var token = new BlockIo2Token { Event = 0x77, TransactionStatus = 99 };
            BlockIo2* disk = Shown2();
            Assert.Equal(Status.Success, (Status)disk->ReadBlocksEx(disk, Media, 1, &token, 512, buffer));
            Assert.Equal((7, 0ul), (buffer[0], (ulong)token.TransactionStatus));
            Assert.Equal(Status.Success, (Status)disk->WriteBlocksEx(disk, Media, 2, &token, 512, buffer));
            Assert.Equal(Status.Success, (Status)disk->FlushBlocksEx(disk, &token));
            Assert.Equal(3, _fake.Log.Count(line => line == "signal 77"));

            token = new BlockIo2Token { Event = 0x78, TransactionStatus = 99 };
            Assert.Equal(Status.InvalidParameter, (Status)disk->ReadBlocksEx(disk, Media, 16, &token, 512, buffer));
            Assert.Equal(99u, token.TransactionStatus);
            token.Event = 0;   // a plain call
            Assert.Equal(Status.Success, (Status)disk->ReadBlocksEx(disk, Media, 1, &token, 512, buffer));
            Assert.Equal(Status.Success, (Status)disk->ReadBlocksEx(disk, Media, 1, null, 512, buffer));
            Assert.Equal(Status.Success, (Status)disk->Reset(disk, 0));
        });
        Assert.DoesNotContain("signal 78", _fake.Log);
        Assert.Equal(7, _disk.Content[1024]);
    }

    [Fact]
    public void ACallThatComesWhileWeWaitForNothingIsTurnedAway()
    {
        Attach();
        byte* buffer = stackalloc byte[512];
        Assert.Equal(Status.NotReady, Read(0, 512, buffer));   // as from a timer, in the middle of our own code
        Assert.Equal(Status.NotReady, Write(0, 512, buffer));
        Assert.Empty(_disk.Log);
    }

    [Fact]
    public void ACallThatComesWhileOneIsUnderWayIsTurnedAway()
    {
        Attach();
        Status inner = default;
        _disk.During = () =>
        {
            byte* second = stackalloc byte[512];
            inner = Read(1, 512, second);
        };
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.Success, Read(0, 512, buffer));
            Assert.Equal(Status.NotReady, inner);
            _disk.During = null;
            Assert.Equal(Status.Success, Read(0, 512, buffer));
        });
    }

    [Fact]
    public void TheFirmwaresDriversReadItWhileItIsAttached()
    {
        Status read = Status.NotReady;
        _fake.OnConnect = _ =>
        {
            byte* buffer = stackalloc byte[512];
            read = Read(0, 512, buffer);
        };
        Attach();
        Assert.Equal(Status.Success, read);
    }

    [Fact]
    public void AboveTheCallbackLevelNothingIsRead()
    {
        Attach();
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            _fake.TplNow = Tpl.Callback;
            Assert.Equal(Status.Success, Read(0, 512, buffer));
            _fake.TplNow = Tpl.Notify;
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            _fake.TplNow = Tpl.Application;
        });
    }

    [Fact]
    public void AFailedDiskIsLeftAloneForAWhileAndThenAskedAgain()
    {
        Attach();
        _disk.Failure = new BootFailure(SanFailure.DiskSilent);
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            Assert.Single(_disk.Log);
            _fake.Cpu.Counter += 2_100_000;
            _disk.Failure = null;
            Assert.Equal(Status.Success, Read(0, 512, buffer));
            Assert.Equal(Status.Success, Read(0, 512, buffer));
        });
    }

    [Fact]
    public void ADiskThatNeverAnswersIsGivenUp()
    {
        Attach();
        _disk.IsSilent = true;
        _fake.Cpu.TicksPerRead = 1000;
        Instant before = _firmware.Clock.Now;
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            Assert.True(_firmware.Clock.Now - before >= Duration.FromSeconds(300));
            _fake.Cpu.Counter += 2_100_000;
            before = _firmware.Clock.Now;
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            Assert.True(_firmware.Clock.Now - before < Duration.FromSeconds(20));   // now it is known
        });
    }

    [Fact]
    public void ABugOfOursIsADeviceErrorAndDoesNotBlockTheDisk()
    {
        Attach();
        _disk.Failure = new InvalidOperationException();
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            Assert.Equal(Status.DeviceError, Read(0, 512, buffer));
            _disk.Failure = null;
            Assert.Equal(Status.Success, Read(0, 512, buffer));
        });
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        Attach();
        _disk.IsQuiet = true;
        WhileRunning(() =>
        {
            byte* buffer = stackalloc byte[512];
            BlockIo* disk = Shown();
            for (int i = 0; i < 10; i++) disk->ReadBlocks(disk, Media, 0, 512, buffer);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) disk->ReadBlocks(disk, Media, 0, 512, buffer);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        });
    }

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

    private void PowerOn(string vendor)
    {
        if (_fake is not null) Dispose();
        _fake = new FakeFirmware(vendor);
        _card = new FakeSnp(_fake, isUBoot: vendor != "EDK II");
        _firmware = _fake.Enter();
        _opened = _firmware.OpenNetwork()[0];
        _pump = new Pump(_firmware.Clock);
        _host = _firmware.OpenDisks(_pump);
        _disk = new TestDisk(_pump);
        _fake.Log.Clear();
    }

    private static ReadOnlyMemory<byte> Nodes => s_path.AsMemory(0, s_path.Length - 4);

    private IAttachedDisk Attach() =>
        _host.Attach(_disk, new DiskPlace { Card = _opened, Nodes = Nodes });

    private BlockIo* Shown() => (BlockIo*)_fake.Handles[_fake.Find(Guids.BlockIo)][Guids.BlockIo];

    private BlockIo2* Shown2() => (BlockIo2*)_fake.Handles[_fake.Find(Guids.BlockIo2)][Guids.BlockIo2];

    private Status Read(ulong block, nuint countBytes, byte* buffer) =>
        Shown()->ReadBlocks(Shown(), Media, block, countBytes, buffer);

    private Status Write(ulong block, nuint countBytes, byte* buffer) =>
        Shown()->WriteBlocks(Shown(), Media, block, countBytes, buffer);

    /// <summary>Starts a program that does this.</summary>
    private void WhileRunning(Action program)
    {
        Exception? trouble = null;
        _fake.OnStartImage = _ =>
        {
            try
            {
                program();
            }
            catch (Exception e)
            {
                trouble = e;   // not through the firmware's frames
            }
            return Status.Success;
        };
        _firmware.StartImage(new ImageStart
        {
            Image = new byte[10], Name = "a", Uri = "http://a/", CommandLine = "", Initrd = [], Files = [],
        });
        if (trouble is not null) throw new Xunit.Sdk.XunitException(trouble.ToString());
    }
}
