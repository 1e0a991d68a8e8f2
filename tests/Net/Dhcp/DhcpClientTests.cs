using System;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects getting an address: every retry, every time-out, every server that misbehaves.</summary>
public class DhcpClientTests
{
    private static readonly DhcpMessageType Discover = DhcpMessageType.Discover, Request = DhcpMessageType.Request;
    private static readonly Ipv4Address OtherIp = new(10, 0, 0, 9);

    [Fact]
    public void AServerThatSaysWhereToBootFromCostsTwoRoundTrips()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(5, DhcpReply.BootOffer);
        talk.ExpectRequest(5, Cast.PeerIp, Cast.OurIp);
        talk.Send(9, DhcpReply.Ack with { NextServer = Cast.PeerIp, File = "boot.ipxe" });
        talk.ExpectAnnouncement();
        DhcpLease lease = talk.Lease();
        Assert.Equal((Cast.OurIp, "boot.ipxe", Cast.PeerIp), (lease.Address, lease.FileName, lease.BootServer));
        Assert.Equal(8, lease.PrefixLength);
        Assert.Equal(lease.ToConfiguration(), talk.Net0.Ipv4);
    }

    [Fact]
    public void DiscoversAreRepeatedAndGivenUp()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        Assert.Equal(4, talk.Seconds);
        talk.ExpectDiscover(1000);
        Assert.Equal(8, talk.Seconds);
        talk.ExpectDiscover(3000);
        talk.ExpectDiscover(7000);
        talk.Silence(14_999);
        Assert.False(talk.IsDone);
        talk.RunTo(15_000);
        Assert.Same(DhcpFailure.NoOffer, talk.Failure().Kind);
        Assert.Null(talk.Net0.Ipv4);
        talk.Stack.BindUdp(talk.Net0, DhcpClient.ClientPort).Dispose();   // the port is free again
    }

    [Fact]
    public void NothingIsSentWhileTheSwitchBlocksThePortAndAllBeginsAnewAfterThat()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Deliver(500, PortStateTests.Tree());   // for four seconds
        talk.ExpectDiscover(5000);
        talk.ExpectDiscover(6000);
        talk.ExpectDiscover(8000);
        talk.ExpectDiscover(12_000);
        talk.Silence(19_999);
        Assert.False(talk.IsDone);
        talk.RunTo(20_000);
        BootFailure failure = talk.Failure();
        Assert.Same(DhcpFailure.NoOffer, failure.Kind);
        Assert.Equal("No DHCP server answers on net0", failure.Message);
    }

    [Fact]
    public void ABlockedPortIsWaitedForThreeMinutesInAll()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        Block(500, 180_500);
        talk.ExpectDiscover(181_000);
        talk.ExpectDiscover(182_000);
        Block(182_500, 182_500);
        talk.ExpectDiscover(184_000);
        Block(184_500, 186_500);
        talk.ExpectDiscover(188_000);
        Block(188_500, 194_500);
        talk.RunTo(196_000);
        BootFailure failure = talk.Failure();
        Assert.Same(DhcpFailure.NoOffer, failure.Kind);
        Assert.Equal("No DHCP server answers on net0, whose switch lets nothing through", failure.Message);

        void Block(int fromMs, int toMs)
        {
            for (int ms = fromMs; ms <= toMs; ms += 2000)
            {
                talk.Silence(ms);
                talk.Deliver(ms, PortStateTests.Tree());
            }
        }
    }

    [Fact]
    public void AnOfferThatComesThroughABlockedPortIsTaken()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Deliver(500, PortStateTests.Tree());
        talk.Send(2500, DhcpReply.BootOffer);
        talk.ExpectRequest(2500, Cast.PeerIp, Cast.OurIp);
        Assert.Equal(8 + 2, talk.Seconds);
    }

    [Fact]
    public void AnOfferWithoutBootFileWaitsTwoSecondsForAProxy()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(10, DhcpReply.Offer);
        talk.ExpectDiscover(1000);
        Assert.Equal(8 + 2, talk.Seconds);
        talk.ExpectRequest(2000, Cast.PeerIp, Cast.OurIp);
        Assert.Equal(12 + 2, talk.Seconds);
        talk.Send(2010, DhcpReply.Ack);
        Assert.Null(talk.Lease().FileName);
    }

    [Fact]
    public void AnOfferThatComesLateIsTakenAtOnce()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.ExpectDiscover(1000);
        talk.Send(2500, DhcpReply.Offer);
        talk.ExpectRequest(2500, Cast.PeerIp, Cast.OurIp);
    }

    [Fact]
    public void NoPxeDhcpSparesTheWait()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(10, DhcpReply.Offer with { Options = DhcpReply.Option(175, 176, 1, 1) });
        talk.ExpectRequest(10, Cast.PeerIp, Cast.OurIp);
    }

    [Fact]
    public void RequestsAreRepeatedAndGivenUp()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(0, DhcpReply.BootOffer);
        foreach (int atMs in new[] { 0, 250, 750, 1750, 3750, 7750 }) talk.ExpectRequest(atMs, Cast.PeerIp, Cast.OurIp);
        talk.Silence(15_749);
        Assert.False(talk.IsDone);
        talk.RunTo(15_750);
        Assert.Same(DhcpFailure.NoAck, talk.Failure().Kind);
    }

    [Fact]
    public void TheHighestPriorityWinsAndOfEqualOnesTheLast()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(1, DhcpReply.Offer with { Your = new Ipv4Address(10, 0, 0, 50) });
        talk.Send(2, DhcpReply.Offer with { Your = OtherIp });
        talk.Send(3, DhcpReply.Offer with { Options = DhcpReply.Option(175, 1, 1, 0xff) });
        talk.ExpectDiscover(1000);
        talk.ExpectRequest(2000, Cast.PeerIp, OtherIp);
    }

    [Fact]
    public void AProxyThatNamesAFileIsUsedAsItIs()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(10, DhcpReply.Proxy with { NextServer = Cast.GatewayIp, File = "undionly" });
        talk.Send(20, DhcpReply.Offer);
        talk.ExpectRequest(20, Cast.PeerIp, Cast.OurIp);
        Assert.Equal(8 + 3, talk.Seconds);
        talk.Send(30, DhcpReply.Ack);
        talk.ExpectAnnouncement();
        Assert.Equal(("undionly", Cast.GatewayIp), (talk.Lease().FileName, talk.Lease().BootServer));
        Assert.False(talk.Lease().Proxy.IsEmpty);
        talk.Silence(5000);
    }

    [Fact]
    public void AProxyThatNamesNoneIsAskedOnPort4011()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(10, DhcpReply.Offer);
        talk.Send(20, DhcpReply.Proxy);
        talk.ExpectRequest(20, Cast.PeerIp, Cast.OurIp);
        talk.Send(30, DhcpReply.Ack);
        talk.ExpectAnnouncement();
        talk.Introduce(Cast.GatewayIp, Cast.GatewayMac);
        byte[] bytes = talk.Expect(30, Request, port: 4011);
        Assert.True(DhcpView.TryRead(bytes, out DhcpView request, out _));
        Assert.Equal((Cast.OurIp, Cast.GatewayIp), (request.ClientAddress, request.ServerId!.Value));
        Assert.False(request.WantsBroadcast);
        DhcpReply answer = DhcpReply.Ack with
        {
            Your = default, ServerId = Cast.GatewayIp, Source = Cast.GatewayIp, SourcePort = 4011, SentTo = Cast.OurIp,
            File = "ipxe.efi", NextServer = Cast.GatewayIp,
        };
        talk.Send(40, answer with { SourcePort = 67 });
        talk.Send(40, answer with { ServerId = Cast.PeerIp });
        Assert.False(talk.IsDone);
        talk.Send(50, answer);
        Assert.Equal("ipxe.efi", talk.Lease().FileName);
    }

    [Fact]
    public void AProxyThatIsSilentIsGivenUpAfterTwoSecondsWithoutFailing()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(0, DhcpReply.Proxy);
        talk.Send(0, DhcpReply.Offer);
        talk.ExpectRequest(0, Cast.PeerIp, Cast.OurIp);
        talk.Send(0, DhcpReply.Ack);
        talk.ExpectAnnouncement();
        talk.Introduce(Cast.GatewayIp, Cast.GatewayMac);
        foreach (int atMs in new[] { 0, 250, 750, 1750 }) talk.Expect(atMs, Request, port: 4011);
        talk.Silence(1999);
        Assert.False(talk.IsDone);
        talk.RunTo(2000);
        Assert.True(talk.Lease().Proxy.IsEmpty);
        Assert.NotNull(talk.Net0.Ipv4);
    }

    [Fact]
    public void AProxyWithoutItsPortIsGivenUpAtOnce()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(0, DhcpReply.Proxy with { ServerId = Cast.PeerIp });
        talk.Send(0, DhcpReply.Offer);
        talk.ExpectRequest(0, Cast.PeerIp, Cast.OurIp);
        talk.Send(0, DhcpReply.Ack);
        talk.ExpectAnnouncement();
        talk.Introduce(Cast.PeerIp, Cast.PeerMac);
        talk.Unreachable(talk.TakeFrame());
        talk.RunTo(1);
        Assert.True(talk.Lease().Proxy.IsEmpty);
    }

    [Fact]
    public void D12_ARefusalStartsOverAfterASecondWithANewTransaction()
    {
        var talk = new DhcpTalk();
        byte[] first = talk.Expect(0, Discover);
        talk.Send(0, DhcpReply.BootOffer);
        talk.ExpectRequest(0, Cast.PeerIp, Cast.OurIp);
        talk.Send(0, DhcpReply.Nak with { ServerId = Cast.GatewayIp });   // not from our server
        talk.Send(0, DhcpReply.Nak);
        byte[] second = talk.Expect(1000, Discover);
        Assert.NotEqual(first[4..8], second[4..8]);
        talk.Send(1000, DhcpReply.BootOffer with { Your = OtherIp });
        talk.ExpectRequest(1000, Cast.PeerIp, OtherIp);
        talk.Send(1000, DhcpReply.Ack with { Your = OtherIp });
        Assert.Equal(OtherIp, talk.Lease().Address);
    }

    [Fact]
    public void D12_AServerThatRefusesForEverIsGivenUp()
    {
        var talk = new DhcpTalk();
        for (int i = 0; i < 10; i++)
        {
            talk.ExpectDiscover(1000 * i);
            talk.Send(1000 * i, DhcpReply.BootOffer);
            talk.ExpectRequest(1000 * i, Cast.PeerIp, Cast.OurIp);
            for (int storm = 0; storm < 100; storm++) talk.Send(1000 * i, DhcpReply.Nak);
        }
        talk.Silence(9001);
        Assert.Same(DhcpFailure.Refused, talk.Failure().Kind);
    }

    [Fact]
    public void D12_AnAckFromAnotherServerOrForAnotherAddressIsNotTaken()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(0, DhcpReply.BootOffer);
        talk.ExpectRequest(0, Cast.PeerIp, Cast.OurIp);
        talk.Send(1, DhcpReply.Ack with { ServerId = Cast.GatewayIp });
        talk.Send(1, DhcpReply.Ack with { Your = OtherIp });
        talk.Send(1, DhcpReply.Ack with { SourcePort = 6767 });
        talk.Send(1, DhcpReply.Offer);
        Assert.False(talk.IsDone);
        talk.Send(2, DhcpReply.Ack);
        Assert.Equal(Cast.OurIp, talk.Lease().Address);
    }

    [Fact]
    public void D13_RepliesForOthersAreNotTaken()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(1, DhcpReply.BootOffer with { Mac = Cast.StrangerMac });
        talk.Send(1, DhcpReply.BootOffer with { Xid = 1 });
        talk.Send(1, DhcpReply.BootOffer with { Your = Ipv4Address.Broadcast });
        talk.Send(1, DhcpReply.BootOffer with { Your = default });
        talk.Send(1, DhcpReply.Ack);
        talk.Send(1, DhcpReply.Nak);
        talk.Silence(999);
        talk.ExpectDiscover(1000);
        Assert.Equal(8, talk.Seconds);   // none of them counts as an offer held
    }

    [Fact]
    public void ABootpServersReplyIsALease()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(1, DhcpReply.BootOffer with { Type = DhcpMessageType.Bootp, ServerId = null });
        Assert.Equal((Cast.OurIp, uint.MaxValue), (talk.Lease().Address, talk.Lease().LeaseSeconds));
    }

    [Fact]
    public void AServerWithoutIdentifierIsKnownByItsAddress()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(1, DhcpReply.BootOffer with { ServerId = null });
        talk.ExpectRequest(1, Cast.PeerIp, Cast.OurIp);
        talk.Send(1, DhcpReply.Ack with { ServerId = null });
        Assert.Equal(Cast.OurIp, talk.Lease().Address);
    }

    [Fact]
    public void AnOfferSentToTheAddressItOffersIsHeard()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Send(1, DhcpReply.BootOffer with { SentTo = Cast.OurIp });
        talk.ExpectRequest(1, Cast.PeerIp, Cast.OurIp);
    }

    [Fact]
    public void AnInterfaceWithAnAddressAsksForBroadcasts()
    {
        var talk = new DhcpTalk(configured: true);
        byte[] bytes = talk.Expect(0, Discover);
        Assert.True(DhcpView.TryRead(bytes, out DhcpView discover, out _));
        Assert.True(discover.WantsBroadcast && discover.ClientAddress.IsUnspecified);
        talk.Send(1, DhcpReply.BootOffer with { Your = OtherIp });
        talk.ExpectRequest(1, Cast.PeerIp, OtherIp);
        talk.Send(1, DhcpReply.Ack with { Your = OtherIp });
        Assert.Equal(OtherIp, talk.Net0.Ipv4!.Address);
    }

    [Fact]
    public void CancellingEndsItAndFreesThePort()
    {
        var talk = new DhcpTalk();
        talk.ExpectDiscover(0);
        talk.Stop(500);
        Assert.ThrowsAny<OperationCanceledException>(() => talk.Lease());
        talk.Silence(20_000);
        talk.Stack.BindUdp(talk.Net0, DhcpClient.ClientPort).Dispose();
    }

    [Fact]
    public void AClassThatDoesNotFitFails()
    {
        var talk = new DhcpTalk(new DhcpIdentity { Architecture = 7, UserClass = new byte[256] });
        Assert.Same(DhcpFailure.IdentityTooLong, talk.Failure().Kind);
    }
}
