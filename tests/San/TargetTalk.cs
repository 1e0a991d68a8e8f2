using System.Collections.Generic;
using System.Linq;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.San;

/// <summary>Model targets by host name, on a manual clock and without a network between.</summary>
internal abstract class TargetTalk
{
    public const string Server = "san.test", InitiatorName = "iqn.2025-01.test.bootlace:us";

    protected TargetTalk() => Pump = new Pump(Clock);

    public ManualClock Clock { get; } = new();
    public Pump Pump { get; }

    /// <summary>The target at <see cref="Server"/>.</summary>
    public ModelIscsiTarget Target { get; } = new();

    /// <summary>Targets elsewhere, by host.</summary>
    public Dictionary<string, ModelIscsiTarget> Others { get; } = [];

    /// <summary>Targets reset connections instead of failing the test.</summary>
    public bool IsTolerant { get; init; }

    /// <summary>Bytes move in pieces of this size.</summary>
    public int PieceBytesMax { get; set; } = 65_536;

    public List<TalkStream> Streams { get; } = [];

    public IscsiOptions Options { get; set; } = new()
    {
        Path = new RootPath { Server = Server, TargetName = ModelIscsiTarget.DefaultName },
        InitiatorName = InitiatorName,
    };

    /// <summary>A connection to a host's target.</summary>
    protected Portal Accept(string host)
    {
        ModelIscsiTarget target = host == Server ? Target : Others[host];
        var stream = new TalkStream(target.Accept(), PieceBytesMax) { IsTolerant = IsTolerant };
        Streams.Add(stream);
        return new Portal(stream, new Ipv4Address(10, 1, 0, (byte)(2 + Others.Keys.ToList().IndexOf(host))));
    }
}
