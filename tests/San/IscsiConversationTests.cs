using System;
using System.Linq;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the full feature phase at every split: one conversation with a PDU of each kind goes the same way
/// whatever pieces the bytes come in.</summary>
public class IscsiConversationTests
{
    private static readonly byte[] KindsFromTarget =
    [
        IscsiOpcode.NopIn, IscsiOpcode.ScsiResponse, IscsiOpcode.TaskResponse, IscsiOpcode.DataIn,
        IscsiOpcode.ReadyToTransfer, IscsiOpcode.Async, IscsiOpcode.Reject,
    ];

    [Theory]
    [InlineData("None")]
    [InlineData("CRC32C")]
    public void EveryKindOfPduAtEverySplit(string digest)
    {
        string expected = Converse(digest, 65_536);
        // three sessions of 5 commands to look the disk over, 7 reads of which 3 are sent twice, 2 writes, a flush
        Assert.Equal("nop 2, commands 28, tasks 1, data-out 8, logouts 2, sessions 3", expected);
        for (int piece = 1; piece <= 56; piece++) Assert.Equal(expected, Converse(digest, piece));
    }

    [Fact]
    public void EveryKindThatATargetSendsIsInTheConversation()
    {
        var talk = new DiskTalk();
        Run(talk);
        Assert.All(KindsFromTarget, kind => Assert.True(Seen(talk, kind) > 0, $"kind 0x{kind:x2}"));
    }

    private static int Seen(DiskTalk talk, byte kind) => kind switch
    {
        IscsiOpcode.NopIn => talk.Target.Pongs,
        _ => talk.Target.PdusOut[kind],
    };

    private static string Converse(string digest, int piece)
    {
        var talk = new DiskTalk { PieceBytesMax = piece };
        talk.Target.Digests = [digest];
        Run(talk);
        int[] seen = talk.Target.PdusIn;
        return $"nop {talk.Target.Pongs}, commands {seen[IscsiOpcode.ScsiCommand]}, "
            + $"tasks {seen[IscsiOpcode.TaskRequest]}, data-out {seen[IscsiOpcode.DataOut]}, "
            + $"logouts {talk.Target.Logouts}, sessions {talk.Streams.Count}";
    }

    private static void Run(DiskTalk talk)
    {
        ModelIscsiTarget target = talk.Target;
        (target.ReceiveSegmentBytesMax, target.MaxBurstBytes, target.FirstBurstBytes) = (512, 2048, 1024);
        (target.InitialR2T, target.DataInBytesMax) = (false, 700);
        IscsiDisk disk = talk.Open();

        talk.Stream.Connection.SendPing();
        talk.ReadsWell(disk, 1, 3);
        target.StatusInData = false;
        talk.ReadsWell(disk, 2, 1);

        byte[] bytes = IscsiDiskTests.Bytes(5 * 512);   // immediate, unsolicited, solicited
        talk.Write(disk, 10, bytes);
        talk.Write(disk, 20, bytes);
        Assert.Equal(bytes, talk.Lun.Read(10, 5));
        Assert.Equal(bytes, talk.Lun.Read(20, 5));

        Once(target, ModelScsiAnswer.Sense(SenseKey.UnitAttention, 0x2a00));
        talk.ReadsWell(disk);
        Once(target, ModelScsiAnswer.Silence);
        talk.ReadsWell(disk);
        Once(target, new ModelScsiAnswer { RejectReason = RejectPdu.OutOfResources });
        talk.ReadsWell(disk);

        talk.Stream.Connection.SendPing();
        talk.Stream.Connection.SendAsync(AsyncPdu.ScsiEvent, 0, 0, 0);
        talk.ReadsWell(disk);
        talk.Stream.Connection.SendAsync(AsyncPdu.LogoutWanted, 0, 0, 1);
        talk.Pump.Run(async () => await talk.Pump.Delay(Duration.FromSeconds(2), default));
        talk.ReadsWell(disk);
        talk.Flush(disk);
        talk.Close(disk);
    }

    private static void Once(ModelIscsiTarget target, ModelScsiAnswer answer)
    {
        int left = 1;
        target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10 && left-- > 0 ? answer : null;
    }
}
