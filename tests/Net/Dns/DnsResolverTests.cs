using System;
using System.Text;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects finding a host: servers that are silent, wrong, forged or in circles.</summary>
public class DnsResolverTests
{
    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("2001:db8::1")]
    public void AnAddressIsItsOwnAnswer(string text) => Assert.Equal(text, new DnsTalk(text, servers: 0).Addresses());

    [Fact]
    public void ANameIsAskedForAndItsAddressesComeInOrder()
    {
        var talk = new DnsTalk("Boot.Example.org.");
        talk.Expect(0, 2, "boot.example.org");
        talk.Send(2, "BOOT.example.org", "boot.EXAMPLE.org=192.0.2.7 boot.example.org=192.0.2.5 other.org=192.0.2.1");
        Assert.Equal("192.0.2.7 192.0.2.5", talk.Addresses());
    }

    [Fact]
    public void ASilentServerIsAskedSixTimes()
    {
        var talk = new DnsTalk("a.b");
        foreach (int atMs in new[] { 0, 250, 750, 1750, 3750, 7750 }) talk.Expect(atMs, 2, "a.b");
        talk.Silence(15_749);
        Assert.False(talk.IsDone);
        talk.RunTo(15_750);
        Assert.Same(DnsFailure.NoAnswer, talk.Failure());
    }

    [Fact]
    public void N9_SeveralServersAreAskedInTurn()
    {
        var talk = new DnsTalk("a.b", servers: 3);
        talk.Expect(0, 2, "a.b");
        talk.Expect(250, 3, "a.b");
        talk.Expect(750, 4, "a.b");
        talk.Expect(1750, 2, "a.b");
        talk.Send(3, "a.b", "a.b=192.0.2.1");   // late, and still good
        Assert.Equal("192.0.2.1", talk.Addresses());
    }

    [Fact]
    public void N9_WithoutServersItFailsAtOnce()
    {
        Assert.Same(DnsFailure.NoServer, new DnsTalk("a.b", servers: 0).Failure());
    }

    [Fact]
    public void AServerThatAnswersWithAnErrorIsPassedOver()
    {
        var talk = new DnsTalk("a.b", servers: 2);
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "", status: 2);
        talk.Expect(0, 3, "a.b");
        talk.Expect(500, 3, "a.b");
        talk.Send(3, "a.b", "", status: 5);
        Assert.Same(DnsFailure.ServerFailed, talk.Failure());
    }

    [Fact]
    public void AServerThatIsNotThereIsPassedOver()
    {
        var talk = new DnsTalk("a.b", servers: 2);
        talk.Expect(0, 2, "a.b");
        talk.Refuse();
        talk.Expect(0, 3, "a.b");
        talk.Refuse();
        talk.RunTo(1);
        Assert.Same(DnsFailure.ServerFailed, talk.Failure());
    }

    [Fact]
    public void N11_ANameErrorIsBelieved()
    {
        var talk = new DnsTalk("a.b", servers: 2);
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "", status: 3);
        Assert.Same(DnsFailure.NoSuchName, talk.Failure());
    }

    [Fact]
    public void ANameWithoutAddressFails()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "c.d=192.0.2.1");
        Assert.Same(DnsFailure.NoAddress, talk.Failure());
    }

    [Fact]
    public void AliasesAreFollowedWithinTheResponseAndBeyond()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "y.z=192.0.2.9 a.b=c.d c.d=e.f");
        talk.Expect(0, 2, "e.f");
        talk.Send(2, "e.f", "g.h=192.0.2.4 e.f=g.h");
        Assert.Equal("192.0.2.4", talk.Addresses());
    }

    [Fact]
    public void AnAliasToNowhereIsNoHost()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "a.b=c.d", status: 3);
        Assert.Same(DnsFailure.NoSuchName, talk.Failure());
    }

    [Fact]
    public void N6_AliasesInACircleAreGivenUp()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "a.b=c.d c.d=a.b");
        Assert.Same(DnsFailure.AliasLoop, talk.Failure());

        talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "a.b=a.b");
        Assert.Same(DnsFailure.AliasLoop, talk.Failure());
    }

    [Fact]
    public void N6_AChainOf32AliasesIsFollowedAndNoLongerOne()
    {
        foreach (int length in new[] { 32, 33, 40 })
        {
            var records = new StringBuilder();
            for (int i = 0; i < length; i++) records.Append($"n{i}.x=n{i + 1}.x ");
            records.Append($"n{length}.x=192.0.2.1");
            var talk = new DnsTalk("n0.x");
            talk.Expect(0, 2, "n0.x");
            talk.Send(2, "n0.x", records.ToString());
            if (length <= 32) Assert.Equal("192.0.2.1", talk.Addresses());
            else Assert.Same(DnsFailure.AliasLoop, talk.Failure());
        }
    }

    [Fact]
    public void N6_AServerThatGivesOneAliasAfterAnotherIsGivenUp()
    {
        var talk = new DnsTalk("n0.x");
        for (int i = 0; i <= 32; i++)
        {
            talk.Expect(0, 2, $"n{i}.x");
            talk.Send(2, $"n{i}.x", $"n{i}.x=n{i + 1}.x");
        }
        Assert.Same(DnsFailure.AliasLoop, talk.Failure());
    }

    [Fact]
    public void N7_AnswersToOtherQuestionsOrFromOthersAreNotTaken()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "a.b=192.0.2.1", id: (ushort)(talk.Id + 1));
        talk.Send(2, "a.c", "a.b=192.0.2.2");
        talk.Send(3, "a.b", "a.b=192.0.2.3");
        talk.Send(2, "a.b", "a.b=192.0.2.4", fromPort: 5353);
        talk.SendRaw(2, []);
        talk.SendRaw(2, new byte[12]);
        Assert.False(talk.IsDone);
        talk.Send(2, "a.b", "a.b=192.0.2.5");
        Assert.Equal("192.0.2.5", talk.Addresses());
    }

    [Fact]
    public void N8_ATruncatedAnswerWillDoIfItHasAnAddress()
    {
        var talk = new DnsTalk("a.b", servers: 2);
        talk.Expect(0, 2, "a.b");
        talk.Send(2, "a.b", "", truncated: true);
        talk.Expect(0, 3, "a.b");
        talk.Send(3, "a.b", "a.b=192.0.2.1", truncated: true);
        Assert.Equal("192.0.2.1", talk.Addresses());
    }

    [Fact]
    public void OnlyNamesWithoutDotAreLookedForInTheSearchList()
    {
        var talk = new DnsTalk("host", 1, "one.org", "two.org");
        talk.Expect(0, 2, "host.one.org");
        talk.Send(2, "host.one.org", "", status: 3);
        talk.Expect(0, 2, "host.two.org");
        talk.Send(2, "host.two.org", "");
        talk.Expect(0, 2, "host");
        talk.Send(2, "host", "host=192.0.2.1");
        Assert.Equal("192.0.2.1", talk.Addresses());

        talk = new DnsTalk("host.x", 1, "one.org");
        talk.Expect(0, 2, "host.x");
        talk.Send(2, "host.x", "", status: 3);
        Assert.Same(DnsFailure.NoSuchName, talk.Failure());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a b.c")]
    [InlineData("größe.de")]
    public void TextThatIsNoNameIsNotAsked(string text) => Assert.Same(DnsFailure.BadName, new DnsTalk(text).Failure());

    [Fact]
    public void NumberAndPortAreNotTheSameTwice()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        ushort id = talk.Id;
        talk.Send(2, "a.b", "a.b=c.d");
        talk.Expect(0, 2, "c.d");
        Assert.NotEqual(id, talk.Id);
    }

    [Fact]
    public void CancellingEndsIt()
    {
        var talk = new DnsTalk("a.b");
        talk.Expect(0, 2, "a.b");
        talk.Stop();
        Assert.ThrowsAny<OperationCanceledException>(() => talk.Addresses());
        talk.Silence(20_000);
    }
}
