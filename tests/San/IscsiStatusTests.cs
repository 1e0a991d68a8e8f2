using System;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the answer to each status and sense: what passes is waited for, the rest fails at once and
/// clearly.</summary>
public class IscsiStatusTests
{
    private readonly DiskTalk _talk = new();

    public static TheoryData<string, int> TransientAnswers => new()
    {
        { "busy", 5 }, { "full", 5 }, { "attention", 20 }, { "not ready", 10 }, { "aborted", 3 },
        { "task aborted", 3 }, { "target failure", 3 }, { "repaired earlier", 3 }, { "bad block earlier", 3 },
    };

    [Theory]
    [MemberData(nameof(TransientAnswers))]
    public void K14_WhatPassesIsWaitedFor(string name, int times)
    {
        IscsiDisk disk = _talk.Open();
        int left = times;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode is ScsiOpcode.Read10 or ScsiOpcode.TestUnitReady && left-- > 0 ? AnswerOf(name) : null;
        _talk.ReadsWell(disk);
        Assert.True(left < 0);
        left = times;
        _talk.Open();   // and while it is looked over
        Assert.True(left < 0);
        Assert.Equal(2, _talk.Streams.Count);
        left = int.MaxValue;
        FailureKind kind = name switch
        {
            "busy" or "full" => SanFailure.DiskBusy,
            "attention" => SanFailure.KeepsChanging,
            "not ready" => SanFailure.DiskNotReady,
            _ => SanFailure.CommandFailed,
        };
        Assert.InRange(_talk.Fails(kind, () => _talk.Read(disk, 0, 1)), 1_000, 70_000);
        left = 0;
        _talk.ReadsWell(disk);
    }

    [Fact]
    public void K14_BusyInTheMiddleOfALargeRequestIsWaitedFor()
    {
        IscsiDisk disk = _talk.Open();
        int count = 0;
        _talk.Target.Answer = command =>
            command.Cdb.Opcode == ScsiOpcode.Read10 && ++count % 3 == 0 ? ModelScsiAnswer.TaskSetFull : null;
        _talk.ReadsWell(disk, 0, 8192);
    }

    public static TheoryData<string, string> FinalAnswers => new()
    {
        { "reserved", SanFailure.DiskReserved.Sentence }, { "no medium", SanFailure.NoMedium.Sentence },
        { "standby", SanFailure.DiskNotReady.Sentence }, { "medium", SanFailure.MediumError.Sentence },
        { "hardware", SanFailure.HardwareError.Sentence }, { "range", SanFailure.OutOfRange.Sentence },
        { "opcode", SanFailure.CommandRefused.Sentence }, { "protected", SanFailure.WriteProtected.Sentence },
        { "full disk", SanFailure.NoSpace.Sentence }, { "unknown status", SanFailure.CommandFailed.Sentence },
        { "lun gone", SanFailure.LunMissing.Sentence },
    };

    [Theory]
    [MemberData(nameof(FinalAnswers))]
    public void K14_WhatCannotBeHelpedFailsAtOnceAndClearly(string name, string sentence)
    {
        IscsiDisk disk = _talk.Open();
        _talk.Target.Answer = command => command.Cdb.Opcode == ScsiOpcode.Read10 ? AnswerOf(name) : null;
        Instant start = _talk.Pump.Now;
        BootFailure failure = Assert.Throws<BootFailure>(() => _talk.Read(disk, 0, 4096));
        Assert.Equal(sentence, failure.Kind.Sentence);
        Assert.InRange((_talk.Pump.Now - start).Milliseconds, 0, 100);
        _talk.Target.Answer = _ => null;
        _talk.ReadsWell(disk);
        Assert.Single(_talk.Streams);
    }

    private static ModelScsiAnswer AnswerOf(string name) => name switch
    {
        "busy" => ModelScsiAnswer.Busy,
        "full" => ModelScsiAnswer.TaskSetFull,
        "attention" => ModelScsiAnswer.Sense(SenseKey.UnitAttention, 0x2900),
        "not ready" => ModelScsiAnswer.Sense(SenseKey.NotReady, 0x0401),
        "aborted" => ModelScsiAnswer.Sense(SenseKey.AbortedCommand, 0x4700),
        "repaired earlier" => ModelScsiAnswer.Sense(SenseKey.RecoveredError, 0x1700, isDeferred: true),
        "bad block earlier" => ModelScsiAnswer.Sense(SenseKey.MediumError, 0x0c00, isDeferred: true),
        "task aborted" => new ModelScsiAnswer { Status = ScsiStatus.TaskAborted },
        "target failure" => new ModelScsiAnswer { Response = ScsiResponsePdu.TargetFailure },
        "reserved" => ModelScsiAnswer.Reserved,
        "no medium" => ModelScsiAnswer.Sense(SenseKey.NotReady, 0x3a00),
        "standby" => ModelScsiAnswer.Sense(SenseKey.NotReady, 0x040b),
        "medium" => ModelScsiAnswer.Sense(SenseKey.MediumError, 0x1100),
        "hardware" => ModelScsiAnswer.Sense(SenseKey.HardwareError, 0x4400),
        "range" => ModelScsiAnswer.Sense(SenseKey.IllegalRequest, 0x2100),
        "lun gone" => ModelScsiAnswer.Sense(SenseKey.IllegalRequest, 0x2500),
        "opcode" => ModelScsiAnswer.Sense(SenseKey.IllegalRequest, 0x2000),
        "protected" => ModelScsiAnswer.Sense(SenseKey.DataProtect, 0x2700),
        "full disk" => ModelScsiAnswer.Sense(SenseKey.DataProtect, 0x2707),
        _ => new ModelScsiAnswer { Status = 0x77 },
    };
}
