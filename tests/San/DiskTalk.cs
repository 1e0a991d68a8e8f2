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

/// <summary>An iSCSI disk and its model target without a network between, on a manual clock.</summary>
internal sealed class DiskTalk : TargetTalk, IPolled
{
    public DiskTalk()
    {
        Pump.Add(this);
        Target.Time2Wait = 0;
        Target.Clock = () => Pump.Now;
    }

    public ModelLun Lun => Target.Disks[0];

    /// <summary>Hosts that refuse connections.</summary>
    public HashSet<string> Refusing { get; } = [];

    /// <summary>Hosts whose connections are never made: the connector gives up after 15 s.</summary>
    public HashSet<string> Silent { get; } = [];

    public TalkStream Stream => Streams[^1];

    /// <summary>When connections were asked for, and to which host.</summary>
    public List<(long AtMs, string Host)> Connects { get; } = [];

    public Instant NextDeadline => Streams
        .Where(stream => !stream.IsCut && !stream.IsAborted && !stream.IsClosed)
        .Select(stream => stream.Connection.NextDeadline).Aggregate(Instant.Never, Instant.Earlier);

    public bool Poll(Instant now)
    {
        foreach (TalkStream stream in Streams.ToArray()) stream.Deliver(now);
        return false;
    }

    public IscsiDisk Open(params IscsiOptions[] paths) => Pump.Run(
        () => IscsiDisk.OpenAsync(
            Pump, new SeededEntropy(7), ConnectAsync, paths.Length == 0 ? [Options] : paths, default));

    public byte[] Read(IscsiDisk disk, ulong firstBlock, int blocks, CancellationToken stop = default)
    {
        byte[] bytes = new byte[blocks * disk.Geometry.BlockBytes];
        Pump.Run(async () => await disk.ReadAsync(firstBlock, bytes, stop));
        return bytes;
    }

    public void Write(IscsiDisk disk, ulong firstBlock, byte[] bytes) =>
        Pump.Run(async () => await disk.WriteAsync(firstBlock, bytes, default));

    public void Flush(IscsiDisk disk) => Pump.Run(async () => await disk.FlushAsync(default));

    public void Close(IscsiDisk disk) => Pump.Run(async () => await disk.CloseAsync());

    /// <summary>Reads some blocks, which must be the target's.</summary>
    public void ReadsWell(IscsiDisk disk, ulong firstBlock = 7, int blocks = 9) =>
        Assert.Equal(Lun.Read(firstBlock, (uint)blocks), Read(disk, firstBlock, blocks));

    /// <summary>It fails in that way; returns the milliseconds that took.</summary>
    public long Fails(FailureKind kind, Action action, string? saying = null)
    {
        Instant start = Pump.Now;
        BootFailure failure = Assert.Throws<BootFailure>(action);
        Assert.Equal(kind.Sentence, failure.Kind.Sentence);
        if (saying is not null) Assert.Contains(saying, failure.Message);
        return (Pump.Now - start).Milliseconds;
    }

    /// <summary>Does something when so much time has passed.</summary>
    public void After(Duration length, Action action) => Pump.Schedule(length, action);

    public async Task<Portal> ConnectAsync(string host, ushort port, CancellationToken stop)
    {
        Connects.Add((Pump.Now.Microseconds / 1000, host));
        if (Refusing.Contains(host)) throw new BootFailure(NetFailure.ConnectionRefused);
        if (Silent.Contains(host))
        {
            await Pump.Delay(Duration.FromSeconds(15), stop);
            throw new BootFailure(NetFailure.ConnectTimedOut);
        }
        return Accept(host);
    }
}
