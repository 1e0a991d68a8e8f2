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
/// <summary>Protects what the firmware sees of our disks: every answer of BlockIo, and who may call when.</summary>
[Collection(FirmwareCollection.Name)]
public sealed unsafe class DiskTests : DiskWorld
{
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
}
