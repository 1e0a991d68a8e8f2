using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Logins to model targets by host name, on a manual clock.</summary>
internal sealed class LoginTalk : TargetTalk
{
    public static readonly Isid Isid = Isid.FromRandom(0x123456, 1);

    /// <summary>Changes a byte on its way to us, given its number on the connection.</summary>
    public Func<int, byte, byte>? Damage { get; set; }

    /// <summary>Portals connected to so far, as host and port.</summary>
    public List<string> Connects { get; } = [];

    /// <summary>Both sides have an account for the initiator.</summary>
    public LoginTalk WithChap()
    {
        (Target.UserName, Target.Password) = ("us", "our secret 16 b.");
        Options = Options with { UserName = "us", Password = "our secret 16 b." };
        return this;
    }

    /// <summary>And one for the target.</summary>
    public LoginTalk WithMutualChap()
    {
        WithChap();
        (Target.ReverseUserName, Target.ReversePassword) = ("them", "their secret 18 b.");
        Options = Options with { ReverseUserName = "them", ReversePassword = "their secret 18 b." };
        return this;
    }

    public IscsiLogin Run(CancellationToken stop = default) =>
        Pump.Run(() => IscsiLogin.RunAsync(Pump, new SeededEntropy(7), ConnectAsync, Options, Isid, stop));

    public IReadOnlyList<DiscoveredTarget> Discover(CancellationToken stop = default) =>
        Pump.Run(() => IscsiDiscovery.RunAsync(Pump, new SeededEntropy(7), ConnectAsync, Options, stop));

    /// <summary>The login fails that way, and its connections are gone.</summary>
    public BootFailure Fails(FailureKind kind)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => { Run(); });
        Assert.Equal(kind.Sentence, failure.Kind.Sentence);
        Assert.All(Streams, stream => Assert.True(stream.IsAborted || stream.IsClosed));
        foreach (string? secret in new[] { Options.Password, Options.ReversePassword })
            Assert.True(string.IsNullOrEmpty(secret) || !failure.Describe().Contains(secret));
        return failure;
    }

    /// <summary>The model's answers to one request are others.</summary>
    public LoginTalk Twist(int step, Func<ModelLoginReply, ModelLoginReply> twist)
    {
        Target.Twist = reply => reply.Step == step ? twist(reply) : reply;
        return this;
    }

    /// <summary>The target was asked exactly this.</summary>
    public void Saw(params string[] requests) => Assert.Equal(requests, Target.LoginRequests);

    public Task<Portal> ConnectAsync(string host, ushort port, CancellationToken stop)
    {
        Connects.Add($"{host} {port}");
        Portal portal = Accept(host);
        TalkStream stream = Streams[^1];
        if (Damage is { } damage)
            stream.Twist = bytes => [.. bytes.Select((value, i) => damage(stream.BytesArrived + i, value))];
        return Task.FromResult(portal);
    }
}
