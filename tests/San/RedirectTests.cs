using System.Linq;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects redirections: followed to every kind of address, and not for ever.</summary>
public class RedirectTests
{
    [Theory]
    [InlineData(0x0101, "10.1.0.9:3261,1", "10.1.0.9", "10.1.0.9 3261")]
    [InlineData(0x0102, "10.1.0.9", "10.1.0.9", "10.1.0.9 3260")]
    [InlineData(0x0101, "[2001:db8::9]:3262", "2001:db8::9", "2001:db8::9 3262")]
    [InlineData(0x0101, "[2001:db8::9]", "2001:db8::9", "2001:db8::9 3260")]
    [InlineData(0x0101, "other.test", "other.test", "other.test 3260")]
    [InlineData(0x0101, "other.test:1,2", "other.test", "other.test 1")]
    public void K10_ARedirectionIsFollowed(int status, string address, string host, string connect)
    {
        var talk = new LoginTalk().WithMutualChap();
        talk.Others[host] = Redirecting(talk, (ushort)status, address);
        IscsiLogin login = talk.Run();
        Assert.Equal(["san.test 3260", connect], talk.Connects);
        Assert.True(talk.Streams[0].IsClosed);
        Assert.Equal(connect.Split(' ')[1], $"{login.Port}");
        Assert.Equal(new Ipv4Address(10, 1, 0, 2), login.Address);
        Assert.True(talk.Others[host].Connections[0].IsFullFeature);
        Assert.Contains("AuthMethod=CHAP", talk.Target.LoginRequests.Single());
    }

    [Fact]
    public void K10_FiveRedirectionsAreFollowedAndNotSix()
    {
        var talk = new LoginTalk();
        (talk.Target.LoginStatus, talk.Target.RedirectsTo) = (0x0101, "10.1.0.9");
        for (int i = 9; i < 13; i++)
        {
            talk.Others[$"10.1.0.{i}"] = new ModelIscsiTarget
            {
                LoginStatus = 0x0101, RedirectsTo = $"10.1.0.{i + 1}",
            };
        }
        talk.Others["10.1.0.13"] = new ModelIscsiTarget();
        talk.Run();
        Assert.Equal(6, talk.Connects.Count);
        talk.Streams.Clear();
        talk.Others["10.1.0.13"] = new ModelIscsiTarget { LoginStatus = 0x0101, RedirectsTo = "10.1.0.14" };
        talk.Fails(SanFailure.TooManyRedirects);
    }

    [Fact]
    public void K10_ALoopOfRedirectionsEnds()
    {
        var talk = new LoginTalk();
        (talk.Target.LoginStatus, talk.Target.RedirectsTo) = (0x0101, LoginTalk.Server);
        Assert.Equal(0x20u, talk.Fails(SanFailure.TooManyRedirects).Kind.Code >> 24);
        Assert.Equal(6, talk.Connects.Count);
    }

    [Theory]
    [InlineData("10.1.0.9:99999")]
    [InlineData("10.1.0.9:0")]
    [InlineData("")]
    [InlineData("[fe80::1%eth0]:3260")]
    public void K10_ARedirectionToNowhereIsRefused(string address)
    {
        var talk = new LoginTalk();
        (talk.Target.LoginStatus, talk.Target.RedirectsTo) = (0x0101, address);
        talk.Fails(SanFailure.BadRedirect);
    }

    [Fact]
    public void K10_ARedirectionWithoutAnAddressIsRefused()
    {
        var talk = new LoginTalk();
        talk.Target.LoginStatus = 0x0102;
        talk.Twist(0, reply => reply with { Text = "" });
        talk.Fails(SanFailure.BadRedirect);
    }

    private static ModelIscsiTarget Redirecting(LoginTalk talk, ushort status, string address)
    {
        (talk.Target.LoginStatus, talk.Target.RedirectsTo) = (status, address);
        return new ModelIscsiTarget
        {
            UserName = talk.Target.UserName, Password = talk.Target.Password,
            ReverseUserName = talk.Target.ReverseUserName, ReversePassword = talk.Target.ReversePassword,
        };
    }
}
