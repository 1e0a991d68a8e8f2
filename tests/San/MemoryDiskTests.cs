using System;
using System.Linq;
using System.Threading;
using Bootlace.San;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects disks in memory: their blocks, and what is taken for a CD.</summary>
public sealed class MemoryDiskTests
{
    [Theory]
    [InlineData(512, 1)]
    [InlineData(1023, 1)]
    [InlineData(4096, 8)]
    public void OnlyWholeBlocksCount(int bytes, ulong blocks)
    {
        var disk = new MemoryDisk(new byte[bytes]);
        Assert.Equal(new DiskGeometry(512, blocks, false, 0), disk.Geometry);
        Assert.Equal((int)blocks * 512, disk.Content.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    public void AFileShorterThanABlockIsNoDisk(int bytes)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => new MemoryDisk(new byte[bytes]));
        Assert.Same(SanFailure.NoBlocks, failure.Kind);
    }

    [Theory]
    [InlineData(32774, false)]   // the descriptor's name is all there is
    [InlineData(32773, false)]
    [InlineData(20 * 2048, true)]
    public void AnIsoVolumeIsACd(int bytes, bool isWhole)
    {
        byte[] content = new byte[bytes];
        "CD001"u8[..Math.Min(5, bytes - 32769)].CopyTo(content.AsSpan(32769));
        var disk = new MemoryDisk(content);
        bool isCd = bytes >= 32774;
        Assert.Equal(isCd, disk.IsCd);
        Assert.Equal(isCd ? 2048 : 512, disk.Geometry.BlockBytes);
        if (isWhole) Assert.Equal(20ul, disk.Geometry.BlockCount);
    }

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        var disk = new MemoryDisk(new byte[2048]);
        byte[] written = [.. Enumerable.Repeat((byte)7, 1024)], read = new byte[512];
        Assert.True(disk.WriteAsync(2, written, CancellationToken.None).IsCompletedSuccessfully);
        Assert.True(disk.ReadAsync(3, read, CancellationToken.None).IsCompletedSuccessfully);
        Assert.All(read, value => Assert.Equal(7, value));
        Assert.True(disk.ReadAsync(1, read, CancellationToken.None).IsCompletedSuccessfully);
        Assert.All(read, value => Assert.Equal(0, value));
    }
}
