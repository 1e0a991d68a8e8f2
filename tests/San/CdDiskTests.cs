using System;
using System.Threading;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects ISO images on iSCSI disks: shown in a CD's blocks, and nothing else taken for one.</summary>
public sealed class CdDiskTests
{
    private const int VolumeOffset = 16 * 2048;

    private readonly Pump _pump = new(new ManualClock());

    [Fact]
    public void AnIsoImageIsShownInBlocksOf2048Bytes()
    {
        ModelDisk disk = Disk(200);
        Mark(disk, VolumeOffset + 1, "CD001"u8);
        IBlockDevice cd = Show(disk);
        Assert.Equal(new DiskGeometry(2048, 50, false, 0), cd.Geometry);
        byte[] bytes = new byte[3 * 2048];
        _pump.Run(async () => await cd.ReadAsync(16, bytes, default));
        Assert.Equal(disk.Content[VolumeOffset..(VolumeOffset + 3 * 2048)], bytes);
        Assert.Equal(('r', 64ul, 12), disk.Requests[^1]);
        bytes.AsSpan().Fill(0x5a);
        _pump.Run(async () =>
        {
            await cd.WriteAsync(47, bytes, default);
            await cd.FlushAsync(default);
            await cd.CloseAsync();
        });
        Assert.Equal(bytes, disk.Content[(47 * 2048)..(50 * 2048)]);
        Assert.Equal('f', disk.Requests[^1].Kind);
        Assert.True(disk.IsClosed);
    }

    [Fact]
    public void BlocksBehindTheLastWholeOneAreNotPartOfIt()
    {
        ModelDisk disk = Disk(203);
        Mark(disk, VolumeOffset + 1, "CD001"u8);
        Assert.Equal(50ul, Show(disk).Geometry.BlockCount);
    }

    [Fact]
    public void ADiskWithAPartitionTableStaysADiskWhateverElseIsOnIt()
    {
        ModelDisk disk = Disk(200);
        Mark(disk, VolumeOffset + 1, "CD001"u8);
        Mark(disk, 512, "EFI PART"u8);
        Assert.Same(disk, Show(disk));
    }

    [Theory]
    [InlineData(512, 200, false)]
    [InlineData(512, 64, true)]     // too short to have a descriptor
    [InlineData(2048, 200, true)]
    [InlineData(4096, 200, true)]
    public void WhatIsNoCdOrHasItsBlocksAlreadyStaysAsItIs(int blockBytes, int blocks, bool isMarked)
    {
        var disk = new ModelDisk(_pump, blockBytes, blocks);
        if (isMarked && disk.Content.Length > VolumeOffset + 6) Mark(disk, VolumeOffset + 1, "CD001"u8);
        Assert.Same(disk, Show(disk));
    }

    [Fact]
    public void ADiskThatCannotBeReadIsAFailure()
    {
        ModelDisk disk = Disk(200);
        disk.Fault = (_, _, _) => new BootFailure(SanFailure.MediumError);
        Assert.Throws<BootFailure>(() => Show(disk));
    }

    private ModelDisk Disk(int blocks) => new(_pump, 512, blocks);

    private IBlockDevice Show(IBlockDevice disk) => _pump.Run(() => CdDisk.ShowAsync(disk, CancellationToken.None));

    private static void Mark(ModelDisk disk, int offset, ReadOnlySpan<byte> text) =>
        text.CopyTo(disk.Content.AsSpan(offset));
}
