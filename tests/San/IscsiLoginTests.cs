using System;
using System.Linq;
using System.Text;
using System.Threading;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the login: what is said in which stage, what is made of the answers, and that every refusal has
/// its own failure.</summary>
public class IscsiLoginTests
{
    private const string Introduction =
        $"InitiatorName={LoginTalk.InitiatorName}|TargetName={ModelIscsiTarget.DefaultName}|"
        + "SessionType=Normal|AuthMethod=";
    private const string Offer =
        "1>3 HeaderDigest=CRC32C,None|DataDigest=CRC32C,None|MaxRecvDataSegmentLength=262144|DefaultTime2Wait=0"
        + "|DefaultTime2Retain=0|ErrorRecoveryLevel=0|MaxConnections=1|InitialR2T=No|ImmediateData=Yes"
        + "|MaxBurstLength=16776192|FirstBurstLength=1048576|MaxOutstandingR2T=8|DataPDUInOrder=Yes"
        + "|DataSequenceInOrder=Yes";

    [Fact]
    public void WithoutCredentialsTwoRequestsAreEnough()
    {
        var talk = new LoginTalk();
        IscsiLogin login = talk.Run();
        talk.Saw($"0>1 {Introduction}None", Offer);
        ModelIscsiConnection connection = talk.Target.Connections[0];
        Assert.True(connection.IsFullFeature);
        Assert.Equal(LoginTalk.Isid, connection.Isid);
        Assert.Equal("san.test 3260", Assert.Single(talk.Connects));
        Assert.Equal(3260, login.Port);
        Assert.False(talk.Streams[0].IsClosed || talk.Streams[0].IsAborted);
        IscsiParameters settled = login.Parameters;
        Assert.Equal(0x1001, settled.SessionHandle);
        Assert.Equal(1, settled.TargetPortalGroupTag);
        Assert.Equal(65_536, settled.SendSegmentBytesMax);
        Assert.Equal(262_144, settled.ReceiveSegmentBytesMax);
        Assert.Equal(262_144, login.Connection.ReceiveSegmentBytesMax);
        Assert.Equal((262_144, 65_536), (settled.MaxBurstBytes, settled.FirstBurstBytes));
        Assert.Equal((true, true, 1), (settled.InitialR2T, settled.ImmediateData, settled.MaxOutstandingR2T));
        Assert.Equal((2, 0), ((int)settled.Time2Wait.Milliseconds / 1000, (int)settled.Time2Retain.Milliseconds));
        Assert.Equal(1u, settled.CmdSn.Value);
        Assert.Equal(32u, settled.MaxCmdSn.Value);
        Assert.Equal(0u, settled.ExpStatSn.Value);   // two answers from 0xfffffffe on
        Assert.Equal((false, false), (login.Connection.HasHeaderDigest, login.Connection.HasDataDigest));
    }

    [Fact]
    public void WhatTheTargetCanDoIsUsed()
    {
        var talk = new LoginTalk();
        talk.Target.Digests = ["CRC32C", "None"];
        (talk.Target.InitialR2T, talk.Target.MaxOutstandingR2T) = (false, 64);
        (talk.Target.MaxBurstBytes, talk.Target.FirstBurstBytes) = (16_777_215, 16_777_215);
        (talk.Target.ReceiveSegmentBytesMax, talk.Target.PortalGroupTag) = (16_777_215, 7);
        IscsiParameters settled = talk.Run().Parameters;
        Assert.Equal((true, true), (settled.HeaderDigest, settled.DataDigest));
        Assert.Equal((false, 8), (settled.InitialR2T, settled.MaxOutstandingR2T));
        Assert.Equal((16_776_192, 1_048_576), (settled.MaxBurstBytes, settled.FirstBurstBytes));
        Assert.Equal((16_777_215, 7), (settled.SendSegmentBytesMax, (int)settled.TargetPortalGroupTag));
        Assert.True(talk.Target.Connections[0].HasHeaderDigest && talk.Target.Connections[0].HasDataDigest);
    }

    [Fact]
    public void ATargetThatAllowsLittleIsObeyed()
    {
        var talk = new LoginTalk();
        (talk.Target.ImmediateData, talk.Target.MaxBurstBytes, talk.Target.FirstBurstBytes) = (false, 8_192, 16_384);
        talk.Target.ReceiveSegmentBytesMax = 512;
        IscsiParameters settled = talk.Run().Parameters;
        Assert.False(settled.ImmediateData);
        Assert.Equal(
            (8_192, 8_192, 512), (settled.MaxBurstBytes, settled.FirstBurstBytes, settled.SendSegmentBytesMax));
    }

    [Fact]
    public void WithCredentialsATargetMayStillWantNone()
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.UserName = null;
        talk.Run();
        talk.Saw($"0 {Introduction}CHAP,None", "0>1 ", Offer);
    }

    [Fact]
    public void ChapEndsTheStageWithTheResponse()
    {
        var talk = new LoginTalk().WithChap();
        talk.Run();
        Assert.Equal($"0 {Introduction}CHAP,None", talk.Target.LoginRequests[0]);
        Assert.Equal("0 CHAP_A=8,7,6,5", talk.Target.LoginRequests[1]);
        Assert.StartsWith("0>1 CHAP_N=us|CHAP_R=0x", talk.Target.LoginRequests[2]);
        Assert.DoesNotContain("CHAP_C", talk.Target.LoginRequests[2]);
        Assert.Equal(Offer, talk.Target.LoginRequests[3]);
    }

    [Theory]
    [InlineData(5, 16)]
    [InlineData(6, 20)]
    [InlineData(7, 32)]
    [InlineData(8, 32)]
    public void MutualChapWorksWithEachAlgorithmAndEndsTheStageWithOurResponseOnly(int algorithm, int digestBytes)
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Target.ChapAlgorithms = [algorithm];
        talk.Run();
        Assert.Equal($"0 {Introduction}CHAP", talk.Target.LoginRequests[0]);
        Assert.Equal("0 CHAP_A=8,7,6,5", talk.Target.LoginRequests[1]);
        string response = talk.Target.LoginRequests[2];
        Assert.StartsWith("0>1 CHAP_N=us|CHAP_R=0x", response);
        Assert.Equal(2 + 2 * digestBytes, response[(response.IndexOf("CHAP_C=") + 7)..].Length);
        Assert.Equal(4, talk.Target.LoginRequests.Count);
    }

    [Fact]
    public void TheStrongestAlgorithmOfBothIsUsed()
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.ChapAlgorithms = [5, 7];
        string chosen = "";
        talk.Twist(1, reply => { chosen = reply.Text; return reply; });
        talk.Run();
        Assert.StartsWith("CHAP_A=7|", chosen);
    }

    [Theory]
    [InlineData("iqn.2025-01.test.bootlace:other", 0)]
    [InlineData(null, 0x0203)]
    public void AnUnknownTargetIsSaidToBe(string? name, int status)
    {
        var talk = new LoginTalk();
        if (name is not null) talk.Target.Name = name;
        else talk.Target.LoginStatus = (ushort)status;
        BootFailure failure = talk.Fails(SanFailure.TargetNotFound);
        Assert.Contains("san.test", failure.Message);
        Assert.Contains(ModelIscsiTarget.DefaultName, failure.Message);
    }

    public static TheoryData<int, FailureKind> Statuses => new()
    {
        { 0x0200, SanFailure.LoginRefused }, { 0x0201, SanFailure.AuthenticationFailed },
        { 0x0202, SanFailure.NotAuthorized }, { 0x0203, SanFailure.TargetNotFound },
        { 0x0204, SanFailure.TargetRemoved }, { 0x0205, SanFailure.LoginRefused },
        { 0x0206, SanFailure.LoginRefused }, { 0x0209, SanFailure.LoginRefused },
        { 0x0300, SanFailure.LoginRefused }, { 0x0301, SanFailure.TargetUnavailable },
        { 0x0302, SanFailure.TargetUnavailable }, { 0x0400, SanFailure.LoginRefused },
        { 0x0103, SanFailure.LoginRefused },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public void EachStatusHasItsFailure(int status, FailureKind kind)
    {
        var talk = new LoginTalk();
        talk.Target.LoginStatus = (ushort)status;
        talk.Fails(kind);
    }

    [Fact]
    public void AWrongSecretIsToldFromAWrongName()
    {
        var talk = new LoginTalk().WithChap();
        talk.Target.Password = "another secret";
        talk.Fails(SanFailure.AuthenticationFailed);
        Assert.Equal(0x41, (int)(SanFailure.AuthenticationFailed.Code >> 24));
    }

    [Theory]
    [InlineData("CHAP")]
    [InlineData("Reject")]   // istgt
    [InlineData("KRB5")]
    public void ATargetThatWantsChapIsToldApartWhenThereAreNoCredentials(string method)
    {
        var talk = new LoginTalk();
        talk.Twist(0, reply => reply with { Text = $"AuthMethod={method}", Status = 0, NextStage = null });
        BootFailure failure = talk.Fails(SanFailure.NoCommonAuthentication);
        Assert.Contains("no username is set", failure.Message);
    }

    [Theory]
    [InlineData("us", null, null, null)]
    [InlineData(null, "secret", null, null)]
    [InlineData("us", "secret", "them", null)]
    [InlineData("us", "secret", null, "other")]
    [InlineData(null, null, "them", "other")]
    [InlineData("us", "", null, null)]
    [InlineData("us", "same secret", "them", "same secret")]
    public void CredentialsThatDoNotFitTogetherAreRefusedBeforeConnecting(
        string? user, string? secret, string? reverseUser, string? reverseSecret)
    {
        var talk = new LoginTalk();
        talk.Options = talk.Options with
        {
            UserName = user, Password = secret, ReverseUserName = reverseUser, ReversePassword = reverseSecret,
        };
        talk.Fails(SanFailure.BadCredentials);
        Assert.Equal(0x1c, (int)(SanFailure.BadCredentials.Code >> 24));
        Assert.Empty(talk.Connects);
    }

    [Fact]
    public void EmptyCredentialsAreNone()
    {
        var talk = new LoginTalk();
        talk.Options = talk.Options with { UserName = "", Password = "", ReverseUserName = "", ReversePassword = "" };
        talk.Run();
        talk.Saw($"0>1 {Introduction}None", Offer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("with\0nul")]
    public void AnInitiatorNameThatIsNoneIsRefusedBeforeConnecting(string name)
    {
        var talk = new LoginTalk();
        talk.Options = talk.Options with { InitiatorName = name };
        talk.Fails(SanFailure.BadInitiatorName);
        Assert.Empty(talk.Connects);
    }

    [Fact]
    public void SecretsAreNotInTheOptionsText()
    {
        string text = new LoginTalk().WithMutualChap().Options.ToString();
        Assert.Equal($"iscsi:san.test::3260:0:{ModelIscsiTarget.DefaultName}", text);
    }

    [Fact]
    public void TheLoginsOwnCopiesOfSecretsAreWiped()
    {
        var credentials = new IscsiCredentials(new LoginTalk().WithMutualChap().Options);
        Assert.NotEqual(0, credentials.Secret[0] | credentials.ReverseSecret[0]);
        credentials.Dispose();
        Assert.All(credentials.Secret, value => Assert.Equal(0, value));
        Assert.All(credentials.ReverseSecret, value => Assert.Equal(0, value));
    }

    [Fact]
    public void ASilentTargetIsGivenUpAfterHalfAMinute()
    {
        var talk = new LoginTalk();
        talk.Target.IsMute = true;
        Instant start = talk.Clock.Now;
        talk.Fails(SanFailure.LoginTimedOut);
        Assert.Equal(30_000, (talk.Clock.Now - start).Milliseconds);
        Assert.True(talk.Streams[0].IsAborted);
    }

    [Fact]
    public void TheCallerCanGiveUpEarlier()
    {
        var talk = new LoginTalk();
        talk.Target.IsMute = true;
        using var stop = new CancellationTokenSource();
        talk.Pump.Schedule(Duration.FromSeconds(3), stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => talk.Run(stop.Token));
        Assert.True(talk.Streams[0].IsAborted);
    }

    [Fact]
    public void LongTextInPiecesIsJoined()
    {
        IscsiParameters expected = new LoginTalk().Run().Parameters;
        for (int piece = 8; piece < 400; piece++)
        {
            var talk = new LoginTalk();
            talk.Target.LoginPieceBytesMax = piece;
            IscsiParameters settled = talk.Run().Parameters;
            Assert.Equal(expected, settled with { ExpStatSn = expected.ExpStatSn });
            Assert.Equal(2, talk.Target.LoginRequests.Count);
        }
    }

    [Fact]
    public void EverySplitOfTheStreamGivesTheSame()
    {
        var whole = new LoginTalk().WithMutualChap();
        IscsiParameters expected = whole.Run().Parameters;
        for (int piece = 1; piece < 200; piece++)
        {
            var talk = new LoginTalk { PieceBytesMax = piece }.WithMutualChap();
            Assert.Equal(expected, talk.Run().Parameters);
            Assert.Equal(whole.Target.LoginRequests, talk.Target.LoginRequests);
        }
    }

    [Fact]
    public void WhatTheTargetAsksForAndWeDoNotKnowIsNotUnderstood()
    {
        var talk = new LoginTalk();
        talk.Twist(1, reply => reply with { Text = $"X-com.test=yes|IFMarker=No|{reply.Text}", NextStage = null });
        talk.Run();
        Assert.Equal("1>3 X-com.test=NotUnderstood|IFMarker=NotUnderstood", talk.Target.LoginRequests[2]);
    }

    [Fact]
    public void WhatATargetAsksForWhileItEndsTheStageIsLeftWithoutAnAnswer()
    {
        var talk = new LoginTalk();
        talk.Twist(0, reply => reply with { Text = $"X-com.test=yes|{reply.Text}" });
        talk.Run();
        talk.Saw($"0>1 {Introduction}None", Offer);
        talk = new LoginTalk().WithChap();
        talk.Twist(2, reply => reply with { Text = "X-com.test=yes" });
        talk.Run();
        Assert.Equal(Offer, talk.Target.LoginRequests[^1]);
    }

    [Fact]
    public void ATargetThatNeedsAnotherRoundGetsIt()
    {
        var talk = new LoginTalk();
        talk.Twist(1, reply => reply with { NextStage = null });
        talk.Run();
        Assert.Equal("1>3 ", talk.Target.LoginRequests[2]);
    }

    [Theory]
    [InlineData("HeaderDigest=CRC64")]
    [InlineData("DataDigest=Reject")]
    [InlineData("InitialR2T=Maybe")]
    [InlineData("DataPDUInOrder=No")]
    [InlineData("ErrorRecoveryLevel=1")]
    [InlineData("MaxRecvDataSegmentLength=511")]
    [InlineData("MaxRecvDataSegmentLength=-1")]
    [InlineData("MaxRecvDataSegmentLength=99999999999999999999")]
    [InlineData("MaxBurstLength=0")]
    [InlineData("FirstBurstLength=many")]
    [InlineData("MaxOutstandingR2T=0")]
    public void AResultThatCannotBeFailsTheLogin(string pair)
    {
        var talk = new LoginTalk();
        talk.Twist(1, reply => reply with { Text = pair });
        BootFailure failure = talk.Fails(SanFailure.NegotiationFailed);
        Assert.Contains(pair.Split('=')[0], failure.Message);
    }

    [Fact]
    public void WhatIsIrrelevantOrNotUnderstoodStaysAtItsDefault()
    {
        var talk = new LoginTalk();
        talk.Twist(1, reply => reply with
        {
            Text = "HeaderDigest=NotUnderstood|FirstBurstLength=Irrelevant|"
                + "InitialR2T=NotUnderstood|MaxBurstLength=0x4000",
        });
        IscsiParameters settled = talk.Run().Parameters;
        Assert.False(settled.HeaderDigest);
        Assert.True(settled.InitialR2T);
        Assert.Equal(
            (16_384, 16_384, 8_192), (settled.MaxBurstBytes, settled.FirstBurstBytes, settled.SendSegmentBytesMax));
    }

    public static TheoryData<string, Func<ModelLoginReply, ModelLoginReply>> BrokenAnswers => new()
    {
        { "another tag", reply => reply with { Tag = 99 } },
        { "another stage", reply => reply with { Stage = 1, NextStage = 3 } },
        { "straight to full feature", reply => reply with { NextStage = 3 } },
        { "a stage there is not", reply => reply with { NextStage = 2 } },
        { "reject", reply => reply with { Opcode = 0x3f } },
        { "text response", reply => reply with { Opcode = 0x24 } },
        { "continued for ever", reply => reply with { Continues = true, NextStage = null } },
        { "no pair", reply => reply with { Text = "AuthMethod" } },
        { "no key", reply => reply with { Text = "=None" } },
    };

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public void AnAnswerThatTheProtocolDoesNotAllowFailsTheLogin(
        string what, Func<ModelLoginReply, ModelLoginReply> twist)
    {
        var talk = new LoginTalk();
        talk.Target.Twist = twist;
        Assert.True(talk.Fails(SanFailure.ProtocolError).Message.Length > what.Length);
    }

    [Fact]
    public void ATargetThatNeverBecomesReadyIsGivenUp()
    {
        var talk = new LoginTalk();
        talk.Target.Twist = reply => reply with { NextStage = null };
        talk.Fails(SanFailure.ProtocolError);
        Assert.Equal(64, talk.Target.LoginRequests.Count);
    }

    [Fact]
    public void AStageThatWeHaveNotFinishedMayNotBeEndedByTheTarget()
    {
        var talk = new LoginTalk().WithChap();
        talk.Twist(0, reply => reply with { NextStage = 1 });
        talk.Fails(SanFailure.ProtocolError);
    }

    [Fact]
    public void AClosedConnectionIsSaidToBe()
    {
        var talk = new LoginTalk();
        talk.Twist(1, reply => reply with { Closes = true });
        talk.Fails(SanFailure.ConnectionClosed);
    }

    [Fact]
    public void K1_LoginTextWithoutFinalNulIsRefused()
    {
        var talk = new LoginTalk();
        talk.Twist(0, reply => reply with { Bytes = "X=Y"u8.ToArray() });
        talk.Fails(SanFailure.ProtocolError);
    }

    [Fact]
    public void K2_AListOfKeysThatHasNoEndIsBounded()
    {
        var talk = new LoginTalk();
        talk.Target.Twist = reply => reply with
        {
            Bytes = [.. Enumerable.Repeat("a=b\0"u8.ToArray(), 2_000).SelectMany(pair => pair)],
            Continues = true, NextStage = null,
        };
        talk.Fails(SanFailure.ProtocolError);
        Assert.True(talk.Streams[0].BytesArrived < 80_000);

        talk = new LoginTalk();
        string unknown = string.Join('|', Enumerable.Range(0, 500).Select(i => $"X-{i}=1"));
        talk.Twist(1, reply => reply with { Text = unknown });
        talk.Fails(SanFailure.NegotiationFailed);
    }

    [Fact]
    public void TheWorldBehindAnotherPortIsNoTarget()
    {
        var talk = new LoginTalk();
        byte[] http = Encoding.ASCII.GetBytes(
            "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nDate: Sat, 1 Jan 2000 00:00:00 GMT\r\n");
        talk.Damage = (at, value) => at < http.Length ? http[at] : value;
        talk.Fails(SanFailure.ProtocolError);
    }
}
