using System;
using System.Linq;
using System.Threading;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects what a disk is for: whoever reads it does not notice that connection or target were gone for a
/// while; and when they stay away, it hears so in time.</summary>
public class IscsiLossTests
{
    private readonly DiskTalk _talk = new();

    [Fact]
    public void AResetConnectionIsOpenedAgainAtOnce()
    {
        IscsiDisk disk = _talk.Open();
        Isid isid = _talk.Stream.Connection.Isid;
        _talk.Target.Slowness = Duration.FromMilliseconds(100);
        _talk.After(Duration.FromMilliseconds(150), () => _talk.Stream.Reset());
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk, 0, 8192);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 400, 2_000);
        Assert.Equal(2, _talk.Streams.Count);
        Assert.Equal(isid, _talk.Stream.Connection.Isid);   // RFC 7143 section 6.3.5: the same session, TSIH 0
    }

    [Fact]
    public void AConnectionClosedWhileIdleIsOpenedAgain()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.Reset();
        _talk.ReadsWell(disk);
        _talk.Stream.Reset();
        _talk.Write(disk, 0, new byte[512]);
        Assert.Equal(3, _talk.Streams.Count);
    }

    [Fact]
    public void AWriteIsSentAgainWhole()
    {
        (_talk.Target.ImmediateData, _talk.Target.MaxBurstBytes) = (false, 16_384);
        IscsiDisk disk = _talk.Open();
        int r2ts = 0;
        _talk.Target.TwistPdu = (header, data) =>
        {
            if (header[0] == IscsiOpcode.ReadyToTransfer && ++r2ts == 5) _talk.After(Duration.Zero, _talk.Stream.Reset);
            return (header, data);
        };
        byte[] bytes = IscsiDiskTests.Bytes(1 << 20);
        _talk.Write(disk, 8, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(8, 2048));
        Assert.Equal(2, _talk.Streams.Count);
    }

    /// <summary>The daemon is restarted: connections are refused meanwhile.</summary>
    [Fact]
    public void ATargetThatIsAwayFor60SecondsIsSurvived()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Refusing.Add(DiskTalk.Server);
        _talk.Stream.Reset();
        _talk.After(Duration.FromSeconds(60), () => _talk.Refusing.Clear());
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk, 0, 5000);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 60_000, 66_000);
        long[] at = [.. _talk.Connects.Skip(1).Select(connect => connect.AtMs)];
        Assert.All(at.Zip(at.Skip(1)), pair => Assert.Equal(5_000, pair.Second - pair.First));
    }

    /// <summary>The cable is out: nobody says anything.</summary>
    [Fact]
    public void ACablePulledFor60SecondsIsSurvived()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.IsCut = true;
        _talk.Silent.Add(DiskTalk.Server);
        _talk.After(Duration.FromSeconds(60), () => _talk.Silent.Clear());
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 60_000, 85_000);
        Assert.Equal(2, _talk.Streams.Count);
    }

    [Theory]
    [InlineData(10, 100_000, 106_000)]
    [InlineData(1, 10_000, 16_000)]
    [InlineData(0, 0, 100)]
    public void ATargetThatStaysAwayIsGivenUp(int retries, int leastMs, int mostMs)
    {
        _talk.Options = _talk.Options with { Retries = retries };
        IscsiDisk disk = _talk.Open();
        _talk.Refusing.Add(DiskTalk.Server);
        _talk.Stream.Reset();
        FailureKind kind = retries == 0 ? NetFailure.ConnectionReset : NetFailure.ConnectionRefused;
        Assert.InRange(_talk.Fails(kind, () => _talk.Read(disk, 0, 1)), leastMs, mostMs);
        _talk.Refusing.Clear();
        if (retries > 0) _talk.ReadsWell(disk);   // and the next request tries again
    }

    [Fact]
    public void ATargetWhoseSessionsDoNotLastIsGivenUp()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Answer = command =>
        {
            if (command.Cdb.Opcode == ScsiOpcode.Read10) _talk.After(Duration.Zero, _talk.Stream.Reset);
            return command.Cdb.Opcode == ScsiOpcode.Read10 ? ModelScsiAnswer.Silence : null;
        };
        Assert.InRange(_talk.Fails(NetFailure.ConnectionReset, () => _talk.Read(disk, 0, 1)), 44_000, 50_000);
        Assert.Equal(11, _talk.Streams.Count);
    }

    [Fact]
    public void ALoginThatIsRefusedForAWhileIsTriedAgain()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.Reset();
        _talk.Target.LoginStatus = 0x0203;   // the daemon is up, its targets are not yet
        _talk.After(Duration.FromSeconds(20), () => _talk.Target.LoginStatus = 0);
        _talk.ReadsWell(disk);
    }

    [Fact]
    public void ADiskOfAnotherSizeIsNotTakenForTheSame()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Lun.BlockCount++;
        _talk.Stream.Reset();
        _talk.Fails(SanFailure.DiskChanged, () => _talk.Read(disk, 0, 1));
    }

    [Fact]
    public void ACommandThatIsNotAnsweredIsAbortedAndSentAgain()
    {
        IscsiDisk disk = _talk.Open();
        int left = 1;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0 ? ModelScsiAnswer.Silence : null;
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 15_000, 15_100);
        Assert.Equal([TaskRequestPdu.AbortTask], _talk.Target.TaskRequests);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void ACommandThatBlocksTheWindowIsAbortedNotTheSession()
    {
        _talk.Target.WindowCommands = 1;
        IscsiDisk disk = _talk.Open();
        for (int i = 0; i < 40; i++) _talk.ReadsWell(disk);   // the first window was larger
        int left = 1;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0 ? ModelScsiAnswer.Silence : null;
        _talk.ReadsWell(disk, 0, 2048);
        Assert.Equal([TaskRequestPdu.AbortTask], _talk.Target.TaskRequests);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void TheSecondTimeTheLogicalUnitIsReset()
    {
        IscsiDisk disk = _talk.Open();
        int left = 4 + 1;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0 ? ModelScsiAnswer.Silence : null;
        _talk.ReadsWell(disk, 0, 2048);
        Assert.Contains(TaskRequestPdu.LogicalUnitReset, _talk.Target.TaskRequests);
        Assert.Equal(4, _talk.Target.TaskRequests.Count(function => function == TaskRequestPdu.AbortTask));
        Assert.Single(_talk.Streams);
    }

    [Theory]
    [InlineData(TaskResponsePdu.NotSupported)]
    [InlineData(TaskResponsePdu.Rejected)]
    [InlineData(null)]
    public void ATargetThatDoesNotAbortGetsANewSession(byte? response)
    {
        IscsiDisk disk = _talk.Open();
        int left = 1;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0 ? ModelScsiAnswer.Silence : null;
        _talk.Target.TaskResponse = response;
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 15_000, 20_100);
        Assert.Equal(2, _talk.Streams.Count);
    }

    /// <summary>Each command takes long, but they all move on.</summary>
    [Fact]
    public void ASlowTargetIsNotASilentOne()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(14);
        _talk.ReadsWell(disk, 0, 5000);
        Assert.Empty(_talk.Target.TaskRequests);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void ALateAnswerDoesNotMeetTheNextCommand()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(16);
        _talk.Target.TaskResponse = TaskResponsePdu.NoSuchTask;   // says so, and answers all the same
        _talk.After(Duration.FromSeconds(14), () => _talk.Target.Slowness = Duration.FromSeconds(2));
        _talk.ReadsWell(disk, 3, 3);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void ACancelledRequestLeavesItsMemoryAlone()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(5);
        using var stop = new CancellationTokenSource();
        _talk.After(Duration.FromSeconds(1), stop.Cancel);
        byte[] memory = new byte[512];
        Assert.ThrowsAny<OperationCanceledException>(
            () => _talk.Pump.Run(async () => await disk.ReadAsync(0, memory, stop.Token)));
        _talk.Target.Slowness = Duration.Zero;
        _talk.ReadsWell(disk);
        Assert.All(memory, value => Assert.Equal(0, value));
        Assert.True(_talk.Streams[0].IsAborted);
    }

    [Fact]
    public void TheFirstPathThatIsReadyIsUsedAndTheOthersAreClosed()
    {
        IscsiDisk disk = Race(out ModelIscsiTarget slow);
        Assert.Equal("fast", disk.Options.Path.Server);
        _talk.Pump.Run(async () => await _talk.Pump.Delay(Duration.FromSeconds(30), default));
        Assert.Equal(1, slow.Commands[ScsiOpcode.Inquiry]);
        TalkStream other = _talk.Streams.Single(stream => stream.Connection == slow.Connections[0]);
        Assert.True(other.IsClosed || other.IsAborted);
        _talk.ReadsWell(disk);
    }

    [Fact]
    public void WhenThePathInUseIsLostAllAreTriedAgain()
    {
        IscsiDisk disk = Race(out ModelIscsiTarget slow);
        _talk.Refusing.Add("fast");
        slow.Slowness = Duration.Zero;
        _talk.Streams.Single(stream => stream.Connection == _talk.Others["fast"].Connections[0]).Reset();
        _talk.ReadsWell(disk);
        Assert.Equal("slow", disk.Options.Path.Server);
    }

    [Fact]
    public void IfNoPathWorksTheFirstOnesFailureCounts()
    {
        _talk.Refusing.Add("fast");
        _talk.Others["slow"] = new ModelIscsiTarget { LoginStatus = 0x0203 };
        _talk.Fails(NetFailure.ConnectionRefused, () => _talk.Open(To("fast"), To("slow")));
        _talk.Fails(SanFailure.TargetNotFound, () => _talk.Open(To("slow"), To("fast")));
    }

    private IscsiDisk Race(out ModelIscsiTarget slow)
    {
        slow = new ModelIscsiTarget { Clock = () => _talk.Pump.Now, Slowness = Duration.FromSeconds(2), Time2Wait = 0 };
        (_talk.Others["slow"], _talk.Others["fast"]) = (slow, new ModelIscsiTarget { Time2Wait = 0 });
        return _talk.Open(To("slow"), To("fast"));
    }

    private IscsiOptions To(string host) =>
        _talk.Options with { Path = _talk.Options.Path with { Server = host } };
}
