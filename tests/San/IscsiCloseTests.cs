using System;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the end of a disk: it comes once, in good order where that works, and always soon.</summary>
public class IscsiCloseTests
{
    private readonly DiskTalk _talk = new();

    [Fact]
    public void K16_AClosedDiskIsClosedOnce()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Close(disk);
        _talk.Close(disk);
        Assert.Equal(1, _talk.Target.Logouts);
        _talk.Fails(SanFailure.DiskClosed, () => _talk.Read(disk, 0, 1));
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void K16_ATargetThatIgnoresTheLogoutIsLeft()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.IsMuteToLogout = true;
        Instant start = _talk.Pump.Now;
        _talk.Close(disk);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 1_000, 6_000);
        Assert.True(_talk.Stream.IsAborted);
    }

    [Fact]
    public void K16_AClosedDiskWhoseConnectionIsGoneIsDoneAtOnce()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.Reset();
        _talk.Close(disk);
        Assert.Equal(0, _talk.Target.Logouts);
    }

    [Fact]
    public void K16_ClosingWhileARequestIsUnderWayEndsBoth()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(10);
        Task closing = Task.CompletedTask;
        _talk.After(Duration.FromMilliseconds(500), () => closing = disk.CloseAsync().AsTask());
        _talk.Fails(SanFailure.DiskClosed, () => _talk.Read(disk, 0, 4096));
        _talk.Pump.RunUntil(closing);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void K16_ClosingWhileTheTargetIsAwayEndsTheAttempts()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Refusing.Add(DiskTalk.Server);
        _talk.Stream.Reset();
        _talk.After(Duration.FromSeconds(12), () => _ = disk.CloseAsync().AsTask());
        Assert.InRange(_talk.Fails(SanFailure.DiskClosed, () => _talk.Read(disk, 0, 1)), 12_000, 17_000);
    }
}
