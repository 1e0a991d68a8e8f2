using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the session against targets that break the protocol, are busy, or want to be alone: each ends in
/// the right bytes or in a clear failure after a bounded time, and never in somebody else's memory.</summary>
public class IscsiBadTargetTests
{
    private const int TwistsEverything = int.MaxValue;

    private readonly DiskTalk _talk = new();

    [Fact]
    public void K6_AResponseToNoCommandIsDropped()
    {
        IscsiDisk disk = _talk.Open();
        ModelIscsiConnection connection = _talk.Stream.Connection;
        foreach (uint tag in new uint[] { 0, 1, 0x100, 0x7fff_ff03, 0xffff_fff0, PduHeader.NoTag })
        {
            SendStray(connection, tag);
            _talk.ReadsWell(disk);
        }
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void K6_AResponseToAnotherTagDoesNotEndTheCommand()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(1);
        _talk.After(Duration.FromMilliseconds(500), () => SendStray(_talk.Stream.Connection, 0x5500));
        _talk.ReadsWell(disk);
        Assert.Single(_talk.Streams);
    }

    /// <summary>The lengths of the segment and what it says its sense data's length is.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 18)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(20, 18)]
    [InlineData(20, 19)]
    [InlineData(20, 65_535)]
    [InlineData(300, 298)]
    [InlineData(8000, 252)]
    public void K7_SenseOfAnyLengthIsSurvived(int segmentBytes, int senseBytes)
    {
        byte[] segment = new byte[segmentBytes];
        if (segmentBytes >= 2) BigEndian.WriteU16(segment, 0, (ushort)senseBytes);
        IscsiDisk disk = _talk.Open();
        int left = 2;
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0
            ? new ModelScsiAnswer { Status = ScsiStatus.CheckCondition, Segment = segment } : null;
        _talk.ReadsWell(disk);
        left = int.MaxValue;
        Assert.InRange(_talk.Fails(SanFailure.CommandFailed, () => _talk.Read(disk, 0, 1), "no sense data"), 0, 10_000);
    }

    private static readonly string[] Faults =
        ["gap", "overlap", "outside", "offset wraps", "too much", "DataSN gap", "DataSN again", "short"];

    public static TheoryData<string> DataInFaults => [.. Faults];

    [Theory]
    [MemberData(nameof(DataInFaults))]
    public void K8_DataInThatIsNotWhatWasAskedForStartsOver(string fault)
    {
        _talk.Target.DataInBytesMax = 1024;
        IscsiDisk disk = _talk.Open();
        int left = 1;
        _talk.Target.TwistPdu = (header, data) => Break(fault, header, data, ref left);
        _talk.ReadsWell(disk, 40, 8);
        Assert.Equal(0, left);
        Assert.Equal(fault == "short" ? 1 : 2, _talk.Streams.Count);
        left = TwistsEverything;
        FailureKind kind = fault == "short" ? SanFailure.ShortTransfer : SanFailure.ProtocolError;
        Assert.InRange(_talk.Fails(kind, () => _talk.Read(disk, 40, 8)), 0, 60_000);
        left = 0;
        _talk.ReadsWell(disk, 40, 8);
    }

    [Fact]
    public void K8_NothingIsWrittenOutsideTheCallersMemory()
    {
        _talk.Target.DataInBytesMax = 1024;
        IscsiDisk disk = _talk.Open();
        byte[] memory = new byte[512 * 10];
        memory.AsSpan().Fill(0xa5);
        foreach (string fault in Faults)
        {
            int left = 3;
            _talk.Target.TwistPdu = (header, data) => Break(fault, header, data, ref left);
            _talk.Pump.Run(async () => await disk.ReadAsync(9, memory.AsMemory(512, 512 * 8), default));
            Assert.Equal(_talk.Lun.Read(9, 8), memory[512..^512]);
            Assert.All(memory[..512].Concat(memory[^512..]), value => Assert.Equal(0xa5, value));
        }
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("wraps")]
    [InlineData("wrong offset")]
    [InlineData("R2TSN gap")]
    [InlineData("nothing")]
    [InlineData("no tag")]
    [InlineData("twice")]
    public void K8_ReadyToTransferForWhatIsNotThereStartsOver(string fault)
    {
        (_talk.Target.ImmediateData, _talk.Target.MaxBurstBytes) = (false, 4096);
        IscsiDisk disk = _talk.Open();
        byte[] bytes = IscsiDiskTests.Bytes(512 * 20);
        int left = 1;
        _talk.Target.TwistPdu = (header, data) =>
        {
            if (header[0] != IscsiOpcode.ReadyToTransfer || left-- <= 0) return (header, data);
            if (fault == "outside") BigEndian.WriteU32(header, 44, 512 * 20 + 1);
            if (fault == "wraps") BigEndian.WriteU32(header, 44, uint.MaxValue);
            if (fault == "wrong offset") BigEndian.WriteU32(header, 40, 512);
            if (fault == "R2TSN gap") BigEndian.WriteU32(header, 36, 1);
            if (fault == "nothing") BigEndian.WriteU32(header, 44, 0);
            if (fault == "no tag") BigEndian.WriteU32(header, 20, PduHeader.NoTag);
            if (fault == "twice") _talk.Stream.Connection.SendRaw((byte[])header.Clone(), data);
            return (header, data);
        };
        _talk.Write(disk, 3, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(3, 20));
        Assert.Equal(2, _talk.Streams.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void K8_AWriteThatIsSaidToBeDoneBeforeItsDataCameIsRepeated(bool isDeferred)
    {
        _talk.Target.MaxBurstBytes = 65_536;
        IscsiDisk disk = _talk.Open();
        ModelScsiAnswer answer = isDeferred
            ? ModelScsiAnswer.Sense(SenseKey.RecoveredError, 0x1700, isDeferred: true) : new ModelScsiAnswer();
        byte[] bytes = IscsiDiskTests.Bytes(512 * 400);
        int left = 2;
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Write10 && left-- > 0 ? answer : null;
        _talk.Write(disk, 3, bytes);
        Assert.Equal(bytes, _talk.Lun.Read(3, 400));
        Assert.Single(_talk.Streams);
        left = int.MaxValue;
        FailureKind kind = isDeferred ? SanFailure.CommandFailed : SanFailure.ShortTransfer;
        Assert.InRange(_talk.Fails(kind, () => _talk.Write(disk, 3, bytes)), 0, 10_000);
    }

    [Fact]
    public void K11_AJumpOfStatSnIsFollowed()
    {
        IscsiDisk disk = _talk.Open();
        for (int i = 0; i < 1000; i++) _talk.Stream.Connection.Sequence(usesOne: true);
        for (int i = 0; i < 3; i++) _talk.ReadsWell(disk);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void K11_AWindowThatStaysClosedEndsInAFailure()
    {
        _talk.Target.WindowCommands = 0;
        Assert.InRange(_talk.Fails(SanFailure.WindowClosed, () => _talk.Open()), 15_000, 25_000);
        Assert.Equal(0, _talk.Target.Commands.Sum());
    }

    [Fact]
    public void K11_AWindowThatIsClosedAfterAWhileLeadsToANewSession()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.WindowCommands = -1;   // MaxCmdSN before ExpCmdSN - 1: to be ignored
        _talk.ReadsWell(disk);
        _talk.Target.WindowCommands = 0;
        for (int i = 0; i < 20; i++) _talk.ReadsWell(disk);
        Assert.Single(_talk.Streams);       // what was allowed before still is
        _talk.After(Duration.FromSeconds(20), () => _talk.Target.WindowCommands = 32);
        for (int i = 0; i < 20; i++) _talk.ReadsWell(disk);
        Assert.InRange(_talk.Streams.Count, 2, 4);
    }

    [Fact]
    public void K11_AWindowThatContradictsItselfOpensNothing()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.WindowCommands = 0;
        byte[] header = new byte[PduHeader.Bytes];
        TargetSequence truth = _talk.Stream.Connection.Sequence(usesOne: false);
        new NopInPdu
        {
            InitiatorTag = PduHeader.NoTag, TargetTag = PduHeader.NoTag,
            Sequence = truth with { ExpCmdSn = truth.ExpCmdSn + 1000, MaxCmdSn = truth.MaxCmdSn + 500 },
        }.Emit(header);
        _talk.Stream.Connection.SendRaw(header, []);
        _talk.After(Duration.FromSeconds(20), () => _talk.Target.WindowCommands = 32);
        for (int i = 0; i < 40; i++) _talk.ReadsWell(disk);   // the target sees to it that it gets none too many
        Assert.InRange(_talk.Streams.Count, 2, 4);
    }

    [Fact]
    public void K11_AWindowThatClosesInTheMiddleIsWaitedFor()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromMilliseconds(100);
        _talk.Target.WindowCommands = 1;
        _talk.ReadsWell(disk, 0, 2048);
        Assert.Single(_talk.Streams);
    }

    public static TheoryData<int> RejectReasons => [.. Enumerable.Range(0, 14), 0x7f, 0xff];

    [Theory]
    [MemberData(nameof(RejectReasons))]
    public void K11_ARejectedCommandIsSentInANewSession(int reason)
    {
        IscsiDisk disk = _talk.Open();
        int left = 1;
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0
            ? new ModelScsiAnswer { RejectReason = (byte)reason } : null;
        _talk.ReadsWell(disk);
        Assert.Equal(2, _talk.Streams.Count);
        left = int.MaxValue;
        Assert.InRange(_talk.Fails(SanFailure.Rejected, () => _talk.Read(disk, 0, 1)), 40_000, 60_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(47)]
    public void K11_ARejectWithoutTheWholeHeaderIsSurvived(int dataBytes)
    {
        IscsiDisk disk = _talk.Open();
        byte[] header = new byte[PduHeader.Bytes];
        ModelIscsiConnection connection = _talk.Stream.Connection;
        new RejectPdu { Reason = RejectPdu.ProtocolError, Sequence = connection.Sequence(usesOne: true) }.Emit(header);
        connection.SendRaw(header, new byte[dataBytes]);
        _talk.ReadsWell(disk);
        Assert.Equal(2, _talk.Streams.Count);
    }

    [Fact]
    public void K11_ARejectedPongDoesNotMatter()
    {
        IscsiDisk disk = _talk.Open();
        byte[] header = new byte[PduHeader.Bytes], pong = new byte[PduHeader.Bytes];
        ModelIscsiConnection connection = _talk.Stream.Connection;
        new RejectPdu
        {
            Reason = RejectPdu.ImmediateCommandReject, Sequence = connection.Sequence(usesOne: true),
        }.Emit(header);
        connection.SendRaw(header, pong);
        _talk.ReadsWell(disk);
        Assert.Single(_talk.Streams);
    }

    /// <summary>The command of data that arrived damaged lives on: the target will end it with a CHECK
    /// CONDITION.</summary>
    [Theory]
    [InlineData(RejectPdu.DataDigestError, 1)]
    [InlineData(RejectPdu.ProtocolError, 2)]
    public void K11_RejectedDataOnlyCostTheirCommandWhenTheyWereDamaged(byte reason, int sessions)
    {
        IscsiDisk disk = _talk.Open();
        byte[] header = new byte[PduHeader.Bytes], dataOut = new byte[PduHeader.Bytes];
        ModelIscsiConnection connection = _talk.Stream.Connection;
        new RejectPdu { Reason = reason, Sequence = connection.Sequence(usesOne: true) }.Emit(header);
        dataOut[0] = IscsiOpcode.DataOut;
        connection.SendRaw(header, dataOut);
        _talk.ReadsWell(disk);
        Assert.Equal(sessions, _talk.Streams.Count);
    }

    [Theory]
    [InlineData(AsyncPdu.LogoutWanted)]
    [InlineData(AsyncPdu.NegotiationWanted)]
    public void K11_AnAsyncLogoutIsObeyedAndTheWorkGoesOn(byte kind)
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromSeconds(1);
        _talk.After(Duration.FromMilliseconds(500), () => _talk.Stream.Connection.SendAsync(kind, 0, 0, 3));
        _talk.ReadsWell(disk, 0, 4096);
        Assert.Equal(1, _talk.Target.Logouts);
        Assert.Equal(2, _talk.Streams.Count);
        Assert.Equal(_talk.Streams[0].Connection.Isid, _talk.Streams[1].Connection.Isid);
    }

    [Theory]
    [InlineData(AsyncPdu.ConnectionDropped)]
    [InlineData(AsyncPdu.SessionDropped)]
    public void K11_AnAsyncDropIsWaitedOut(byte kind)
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.Connection.SendAsync(kind, 0, parameter2: 7, parameter3: 0);
        Instant start = _talk.Pump.Now;
        _talk.ReadsWell(disk);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 7_000, 7_100);
        Assert.Equal(2, _talk.Streams.Count);
    }

    [Theory]
    [InlineData(AsyncPdu.ScsiEvent, 1)]
    [InlineData(AsyncPdu.TasksEnded, 2)]
    [InlineData(6, 1)]
    [InlineData(255, 1)]
    public void K11_OtherAsyncEventsDoNoHarm(byte kind, int sessions)
    {
        IscsiDisk disk = _talk.Open();
        _talk.Stream.Connection.SendAsync(kind, 1, 2, 3);
        _talk.ReadsWell(disk);
        Assert.Equal(sessions, _talk.Streams.Count);
    }

    [Fact]
    public void K11_PingsAreAnswered()
    {
        IscsiDisk disk = _talk.Open();
        for (int i = 0; i < 20; i++)
        {
            _talk.Stream.Connection.SendPing();
            _talk.ReadsWell(disk);
        }
        Assert.Equal(20, _talk.Target.Pongs);
        Assert.Single(_talk.Streams);
    }

    [Fact]
    public void K11_AFloodOfPingsDoesNotKeepACommandAlive()
    {
        _talk.Options = _talk.Options with { Retries = 1 };
        IscsiDisk disk = _talk.Open();
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10 ? ModelScsiAnswer.Silence : null;
        _talk.Target.TaskResponse = null;
        Flood();
        Assert.InRange(_talk.Fails(SanFailure.TargetSilent, () => _talk.Read(disk, 0, 1)), 20_000, 60_000);
        Assert.InRange(_talk.Target.Pongs, 100, 100_000);

        void Flood()
        {
            if (!_talk.Stream.IsAborted) _talk.Stream.Connection.SendPing();
            _talk.After(Duration.FromMilliseconds(10), Flood);
        }
    }

    [Fact]
    public void K11_AFloodOfPingsThatCannotBeAnsweredEndsTheSession()
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Slowness = Duration.FromMilliseconds(50);
        _talk.After(Duration.FromMilliseconds(20), () =>
        {
            _talk.Stream.IsFull = true;
            for (int i = 0; i < 100; i++) _talk.Stream.Connection.SendPing();
        });
        _talk.ReadsWell(disk);
        Assert.Equal(2, _talk.Streams.Count);
    }

    private static void SendStray(ModelIscsiConnection connection, uint tag)
    {
        byte[] header = new byte[PduHeader.Bytes];
        new ScsiResponsePdu { InitiatorTag = tag, Sequence = connection.Sequence(usesOne: true) }.Emit(header);
        connection.SendRaw(header, [0, 1, 2, 3, 4]);
        new DataInPdu
        {
            InitiatorTag = tag, Sequence = connection.Sequence(usesOne: false), BufferOffset = 0x7fff_0000,
        }.Emit(header);
        connection.SendRaw(header, new byte[700]);
        new ReadyToTransferPdu
        {
            InitiatorTag = tag, TargetTag = 1, DesiredBytes = 512, Sequence = connection.Sequence(usesOne: false),
        }.Emit(header);
        connection.SendRaw(header, []);
        new TaskResponsePdu
        {
            Response = 0, InitiatorTag = tag, Sequence = connection.Sequence(usesOne: true),
        }.Emit(header);
        connection.SendRaw(header, []);
    }

    /// <summary>Breaks the second Data-In of a read of several.</summary>
    private static (byte[], byte[])? Break(string fault, byte[] header, byte[] data, ref int left)
    {
        uint dataSn = BigEndian.ReadU32(header, 36), offset = BigEndian.ReadU32(header, 40);
        if (header[0] != IscsiOpcode.DataIn || data.Length < 1024 || dataSn != 1 || left <= 0) return (header, data);
        if (left != TwistsEverything) left--;
        switch (fault)
        {
            case "gap":
                BigEndian.WriteU32(header, 40, offset + 512);
                break;
            case "overlap":
                BigEndian.WriteU32(header, 40, offset - 512);
                break;
            case "outside":
                BigEndian.WriteU32(header, 40, 512 * 8);
                break;
            case "offset wraps":
                BigEndian.WriteU32(header, 40, uint.MaxValue - 100);
                break;
            case "too much":
                return (header, new byte[512 * 7]);
            case "DataSN gap":
                BigEndian.WriteU32(header, 36, 2);
                break;
            case "DataSN again":
                BigEndian.WriteU32(header, 36, 0);
                break;
            case "short":   // ends here, and well
                header[1] = 0x81;
                header[3] = 0;
                break;
        }
        return (header, data);
    }
}
