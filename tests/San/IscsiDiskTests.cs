using System;
using System.Linq;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects reading, writing and looking over a disk: the right bytes from the right blocks in as few PDUs as
/// were settled.</summary>
public class IscsiDiskTests
{
    private readonly DiskTalk _talk = new();

    [Fact]
    public void ADiskIsReadAndWritten()
    {
        IscsiDisk disk = _talk.Open();
        Assert.Equal(new DiskGeometry(512, 1 << 20, false, 2048), disk.Geometry);
        _talk.ReadsWell(disk);
        byte[] bytes = Bytes(3 * 512);
        _talk.Write(disk, 100, bytes);
        Assert.Equal(bytes, _talk.Read(disk, 100, 3));
        Assert.Equal(bytes, _talk.Lun.Read(100, 3));
        _talk.Flush(disk);
        Assert.Equal(1, _talk.Target.Commands[ScsiOpcode.SynchronizeCache10]);
        _talk.Close(disk);
        Assert.Equal(1, _talk.Target.Logouts);
        Assert.True(_talk.Stream.IsClosed && !_talk.Stream.IsAborted);
    }

    [Fact]
    public void WhateverTheSplitTheBytesAreTheSame()
    {
        foreach (int piece in new[] { 1, 2, 3, 5, 7, 47, 48, 49, 52, 511, 512, 1000 })
        {
            foreach (string digest in new[] { "None", "CRC32C" })
            {
                var talk = new DiskTalk { PieceBytesMax = piece };
                talk.Target.Digests = [digest];
                talk.Target.DataInBytesMax = 1000;
                IscsiDisk disk = talk.Open();
                Assert.Equal(digest == "CRC32C", disk.HasHeaderDigest && disk.HasDataDigest);
                talk.ReadsWell(disk, 5, 6);
                byte[] bytes = Bytes(2 * 512);
                talk.Write(disk, 6, bytes);
                Assert.Equal(bytes, talk.Lun.Read(6, 2));
                talk.Close(disk);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StatusComesInTheLastDataInOrApart(bool inData)
    {
        _talk.Target.StatusInData = inData;
        IscsiDisk disk = _talk.Open();
        _talk.ReadsWell(disk, 0, 700);
        _talk.ReadsWell(disk, 700, 1);
    }

    [Fact]
    public void ALargeRequestIsSeveralCommandsAtOnce()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Bootlace.Net.Duration.FromMilliseconds(10);
        _talk.ReadsWell(disk, 12, 8192);   // 4 MiB
        Assert.Equal(16, _talk.Target.Commands[ScsiOpcode.Read10]);
        Assert.Equal(4, _talk.Target.CommandsAtOnce);
        byte[] bytes = Bytes(2 << 20);
        _talk.Write(disk, 5, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(5, 4096));
        Assert.Equal(8, _talk.Target.Commands[ScsiOpcode.Write10]);
    }

    /// <summary>Each line: what the target settles, and how many PDUs a write of 1 MiB takes. iPXE sends 2048 Data-Out
    /// PDUs.</summary>
    [Theory]
    [InlineData(true, true, 65_536, 262_144, 65_536, 4, 4, 12)]
    [InlineData(true, false, 65_536, 262_144, 65_536, 4, 4, 16)]
    [InlineData(false, true, 65_536, 262_144, 262_144, 4, 0, 12)]
    [InlineData(false, false, 65_536, 262_144, 262_144, 4, 0, 16)]
    [InlineData(false, true, 65_536, 262_144, 131_072, 4, 4, 12)]
    [InlineData(true, true, 262_144, 1 << 20, 262_144, 4, 0, 0)]
    [InlineData(true, true, 8_192, 262_144, 65_536, 4, 4, 124)]
    [InlineData(true, false, 262_144, 65_536, 65_536, 4, 16, 16)]
    public void WritesUseWhatTheTargetAllows(
        bool initialR2T, bool immediate, int segment, int maxBurst, int firstBurst, int commands, int r2ts,
        int dataOuts)
    {
        (_talk.Target.InitialR2T, _talk.Target.ImmediateData) = (initialR2T, immediate);
        (_talk.Target.ReceiveSegmentBytesMax, _talk.Target.MaxBurstBytes) = (segment, maxBurst);
        _talk.Target.FirstBurstBytes = firstBurst;
        IscsiDisk disk = _talk.Open();
        byte[] bytes = Bytes(1 << 20);
        _talk.Write(disk, 77, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(77, 2048));
        Assert.Equal(commands, _talk.Target.Commands[ScsiOpcode.Write10]);
        Assert.Equal(r2ts, _talk.Target.PdusOut[IscsiOpcode.ReadyToTransfer]);
        Assert.Equal(dataOuts, _talk.Target.PdusIn[IscsiOpcode.DataOut]);
        Assert.Equal(Math.Min(Math.Min(segment, maxBurst), 262_144), _talk.Target.SegmentBytesLargest);
    }

    [Fact]
    public void ATargetWithRoomForOneCommandGetsOneAtATime()
    {
        _talk.Target.WindowCommands = 1;
        IscsiDisk disk = _talk.Open();
        _talk.ReadsWell(disk, 0, 4096);
        Assert.Equal(1, _talk.Target.CommandsAtOnce);
        _talk.Write(disk, 0, Bytes(1 << 20));
    }

    [Fact]
    public void BlocksBehindTwoTebibytesAreReached()
    {
        const ulong count = 1ul << 40;
        _talk.Target.Disks[0] = new ModelLun { BlockCount = count };
        IscsiDisk disk = _talk.Open();
        Assert.Equal(count, disk.Geometry.BlockCount);
        _talk.ReadsWell(disk, uint.MaxValue - 4ul, 5);
        Assert.Equal(1, _talk.Target.Commands[ScsiOpcode.Read10]);
        _talk.ReadsWell(disk, uint.MaxValue - 4ul, 6);
        _talk.ReadsWell(disk, count - 3, 3);
        Assert.Equal(2, _talk.Target.Commands[ScsiOpcode.Read16]);
        byte[] bytes = Bytes(1024);
        _talk.Write(disk, count - 2, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(count - 2, 2));
        _talk.Flush(disk);
        Assert.Equal(1, _talk.Target.Commands[ScsiOpcode.SynchronizeCache16]);
    }

    [Fact]
    public void BlocksOf4096BytesAreFine()
    {
        _talk.Target.Disks[0] = new ModelLun { BlockBytes = 4096 };
        IscsiDisk disk = _talk.Open();
        Assert.Equal(new DiskGeometry(4096, 1 << 20, false, 256), disk.Geometry);
        _talk.ReadsWell(disk, 3, 300);
        byte[] bytes = Bytes(4096 * 65);
        _talk.Write(disk, 9, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(9, 65));
    }

    [Fact]
    public void TheDisksOwnLimitCounts()
    {
        _talk.Target.Disks[0] = new ModelLun { BlocksMax = 64 };
        IscsiDisk disk = _talk.Open();
        _talk.ReadsWell(disk, 1, 640);
        Assert.Equal(10, _talk.Target.Commands[ScsiOpcode.Read10]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AWriteProtectedDiskIsKnownAsSuch(bool knowsModeSense6)
    {
        _talk.Target.Disks[0] = new ModelLun { IsReadOnly = true, KnowsModeSense6 = knowsModeSense6 };
        IscsiDisk disk = _talk.Open();
        Assert.True(disk.Geometry.IsReadOnly);
        _talk.Fails(SanFailure.WriteProtected, () => _talk.Write(disk, 0, new byte[512]));
        Assert.Equal(0, _talk.Target.Commands[ScsiOpcode.Write10]);
        _talk.Flush(disk);
        _talk.ReadsWell(disk);
    }

    [Fact]
    public void ADiskWithoutCacheNeedsNoFlush()
    {
        _talk.Target.Disks[0] = new ModelLun { HasCache = false };
        IscsiDisk disk = _talk.Open();
        _talk.Flush(disk);
        _talk.Flush(disk);
        Assert.Equal(1, _talk.Target.Commands[ScsiOpcode.SynchronizeCache10]);
    }

    [Fact]
    public void AMissingLunIsNamedWithThoseThatThereAre()
    {
        _talk.Target.Disks[1ul << 48] = new ModelLun();
        _talk.Options = _talk.Options with { Path = _talk.Options.Path with { Lun = 5ul << 48 } };
        _talk.Fails(SanFailure.LunMissing, () => _talk.Open(), "has no LUN 5; it has LUNs 0, 1");
        Assert.Equal(1, _talk.Target.Logouts);
    }

    /// <summary>As with tgt, where LUN 0 is the controller.</summary>
    [Fact]
    public void ALunThatIsNoDiskIsRefused()
    {
        _talk.Target.Disks[0] = new ModelLun { Kind = 0x0c };
        _talk.Target.Disks[1ul << 48] = new ModelLun();
        _talk.Fails(SanFailure.NotADisk, () => _talk.Open(), "SCSI type 0x0c; it has LUNs 0, 1");
        _talk.Options = _talk.Options with { Path = _talk.Options.Path with { Lun = 1ul << 48 } };
        Assert.Equal(512, _talk.Open().Geometry.BlockBytes);
    }

    [Fact]
    public void TheTargetIsDescribedForOthers()
    {
        _talk.Target.PortalGroupTag = 3;
        IscsiDisk disk = _talk.Open();
        Assert.Equal("10.1.0.1", disk.TargetAddress.ToString());
        Assert.Equal(3260, disk.TargetPort);
        Assert.Equal(3, disk.PortalGroupTag);
        Assert.Same(_talk.Options, disk.Options);
    }

    [Theory]
    [InlineData(0u, 100u)]
    [InlineData(1u, 100u)]
    [InlineData(520u, 100u)]
    [InlineData(0x8000_0000u, 100u)]
    [InlineData(131072u, 100u)]
    public void K12_NonsenseBlockSizesAreRefused(uint blockBytes, uint lastBlock)
    {
        byte[] capacity = new byte[8];
        BigEndian.WriteU32(capacity, 0, lastBlock);
        BigEndian.WriteU32(capacity, 4, blockBytes);
        _talk.Target.Disks[0] = new ModelLun { Capacity10 = capacity };
        _talk.Fails(SanFailure.BadCapacity, () => _talk.Open(), $"{blockBytes} bytes");
        Assert.Equal(1, _talk.Target.Logouts);
    }

    [Fact]
    public void K12_ADiskOfOneBlockIsFineAndOneOf2To64IsNot()
    {
        _talk.Target.Disks[0] = new ModelLun { BlockCount = 1 };
        Assert.Equal(1ul, _talk.Open().Geometry.BlockCount);
        byte[] capacity = new byte[32];
        capacity.AsSpan(0, 8).Fill(0xff);
        capacity[10] = 2;
        _talk.Target.Disks[0] = new ModelLun
        {
            Capacity10 = [0xff, 0xff, 0xff, 0xff, 0, 0, 2, 0], Capacity16 = capacity,
        };
        _talk.Fails(SanFailure.BadCapacity, () => _talk.Open());
        capacity[0] = 0;
        _talk.Fails(SanFailure.BadCapacity, () => _talk.Open());   // 2^65 bytes
    }

    [Fact]
    public void K12_ADiskOf2To32BlocksIsMeasuredWith16Bytes()
    {
        _talk.Target.Disks[0] = new ModelLun { BlockCount = 1ul << 32 };
        Assert.Equal(1ul << 32, _talk.Open().Geometry.BlockCount);
        Assert.Equal(1, _talk.Target.Commands[ScsiOpcode.ServiceActionIn16]);
    }

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
