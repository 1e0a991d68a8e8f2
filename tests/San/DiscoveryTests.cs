using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the listing of a server's targets: short and long, from whole and broken answers.</summary>
public class DiscoveryTests
{
    [Fact]
    public void TargetsAreListedWithTheirAddresses()
    {
        LoginTalk talk = Listing(
            "TargetName=iqn.a:1|TargetAddress=10.1.0.2:3260,1|TargetAddress=[2001:db8::2]:3261,2|TargetName=iqn.b");
        IReadOnlyList<DiscoveredTarget> targets = talk.Discover();
        Assert.Equal(["iqn.a:1", "iqn.b"], targets.Select(target => target.Name));
        Assert.Equal(
            [new TargetAddress("10.1.0.2", 3260, 1), new TargetAddress("2001:db8::2", 3261, 2)], targets[0].Addresses);
        Assert.Empty(targets[1].Addresses);
        talk.Saw(
            $"0>1 InitiatorName={LoginTalk.InitiatorName}|SessionType=Discovery|AuthMethod=None",
            "1>3 HeaderDigest=None|DataDigest=None|MaxRecvDataSegmentLength=262144|DefaultTime2Wait=0"
            + "|DefaultTime2Retain=0|ErrorRecoveryLevel=0");
        Assert.Equal(["SendTargets=All"], talk.Target.TextRequests);
        Assert.Equal(1, talk.Target.Logouts);
        Assert.True(talk.Streams.Single().IsClosed);
    }

    [Fact]
    public void NoTargetsAreAnEmptyList() => Assert.Empty(Listing("").Discover());

    [Fact]
    public void AnAddressThatIsMalformedIsLeftOut() =>
        Assert.Empty(Listing("TargetName=iqn.a|TargetAddress=0.0.0.0:99999").Discover().Single().Addresses);

    [Fact]
    public void ALongListOverManyPdusIsJoinedAndPingsBetweenAreAnswered()
    {
        string list = string.Join(
            '|', Enumerable.Range(0, 300).Select(i => $"TargetName=iqn.a:{i}|TargetAddress=10.1.0.2"));
        foreach (int piece in new[] { 20, 100, 511, 4096 })
        {
            LoginTalk talk = Listing(list).WithMutualChap();
            (talk.Target.ListPieceBytesMax, talk.Target.PingsBetween) = (piece, true);
            IReadOnlyList<DiscoveredTarget> targets = talk.Discover();
            Assert.Equal(Enumerable.Range(0, 300).Select(i => $"iqn.a:{i}"), targets.Select(target => target.Name));
            Assert.Equal(talk.Target.TextRequests.Count, talk.Target.Pongs);
        }
    }

    [Fact]
    public void EverySplitOfTheStreamGivesTheSame()
    {
        for (int piece = 1; piece < 120; piece++)
        {
            LoginTalk talk = Listing("TargetName=iqn.a|TargetAddress=10.1.0.2|TargetName=iqn.b");
            (talk.PieceBytesMax, talk.Target.ListPieceBytesMax) = (piece, 11);
            Assert.Equal(["iqn.a", "iqn.b"], talk.Discover().Select(target => target.Name));
        }
    }

    [Theory]
    [InlineData("TargetName")]
    [InlineData("TargetName=")]
    [InlineData("TargetName=with blank")]
    [InlineData("=iqn.a")]
    public void AMalformedListIsRefused(string list) => Fails(Listing(list), SanFailure.DiscoveryFailed);

    [Fact]
    public void AListWithoutEndIsRefused()
    {
        LoginTalk talk = Listing(string.Join(
            '|', Enumerable.Range(0, 40_000).Select(i => $"TargetName=iqn.a:{i:d20}")));
        Fails(talk, SanFailure.DiscoveryFailed);
        talk = Listing(string.Join('|', Enumerable.Range(0, 1_000).Select(i => $"TargetName=iqn.a:{i}")));
        talk.Target.ListPieceBytesMax = 1;
        Fails(talk, SanFailure.DiscoveryFailed);
        Fails(Listing(string.Join('|', Enumerable.Repeat("TargetName=a", 2_049))), SanFailure.DiscoveryFailed);
        string portals = string.Join('|', Enumerable.Repeat("TargetAddress=a", 65));
        Assert.Equal(64, Listing("TargetName=a|" + portals).Discover().Single().Addresses.Count);
    }

    [Fact]
    public void AServerThatSaysNothingIsGivenUp()
    {
        LoginTalk talk = Listing("TargetName=iqn.a");
        talk.Target.IsMuteToText = true;
        Fails(talk, SanFailure.DiscoveryFailed);
        Assert.Equal(30_000, (talk.Clock.Now - new Instant(1_000_000)).Milliseconds);
    }

    [Fact]
    public void AServerThatIgnoresTheLogoutCostsTwoSeconds()
    {
        LoginTalk talk = Listing("TargetName=iqn.a");
        talk.Target.IsMuteToLogout = true;
        Assert.Single(talk.Discover());
        Assert.Equal(2_000, (talk.Clock.Now - new Instant(1_000_000)).Milliseconds);
        Assert.True(talk.Streams[0].IsClosed);
    }

    [Fact]
    public void TheCallerCanGiveUp()
    {
        LoginTalk talk = Listing("TargetName=iqn.a");
        talk.Target.IsMuteToText = true;
        using var stop = new CancellationTokenSource();
        talk.Pump.Schedule(Duration.FromSeconds(1), stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => talk.Discover(stop.Token));
        Assert.True(talk.Streams[0].IsAborted);
    }

    [Fact]
    public void AListMayComeFromAServerThatNeedNotProveItself()
    {
        LoginTalk talk = Listing("TargetName=iqn.a").WithMutualChap();
        talk.Target.UserName = null;
        Assert.Single(talk.Discover());
        Assert.EndsWith("AuthMethod=CHAP,None", talk.Target.LoginRequests[0]);
    }

    [Fact]
    public void ARefusedLoginHasTheFailureOfALogin()
    {
        LoginTalk talk = Listing("");
        talk.Target.LoginStatus = 0x0202;
        Fails(talk, SanFailure.NotAuthorized);
    }

    private static LoginTalk Listing(string list)
    {
        var talk = new LoginTalk();
        talk.Options = talk.Options with { Path = new RootPath { Server = LoginTalk.Server } };
        talk.Target.TargetList = list;
        return talk;
    }

    private static void Fails(LoginTalk talk, FailureKind kind)
    {
        var failure = Assert.Throws<BootFailure>(() => { talk.Discover(); });
        Assert.Equal(kind, failure.Kind);
        Assert.True(talk.Streams.Single().IsAborted);
    }
}
