using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A disk in an array, with the habits of one behind a network on demand: slow, silent, failing.</summary>
internal sealed class TestDisk(Pump pump, int blocks = 16, int blockBytes = 512) : IBlockDevice
{
    public byte[] Content { get; } = new byte[blocks * blockBytes];
    public bool IsReadOnly { get; init; }
    public uint OptimalBlocks { get; init; }

    /// <summary>What was asked of it.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Thrown by the next requests.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Every request takes a turn of the pump.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Requests end only by being cancelled.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Runs in the middle of a request.</summary>
    public Action? During { get; set; }

    public DiskGeometry Geometry => new(blockBytes, (ulong)blocks, IsReadOnly, OptimalBlocks);

    public int RequestsMax => 1;

    /// <summary>Requests are not logged, and cost nothing but their copying.</summary>
    public bool IsQuiet { get; set; }

    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        if (!IsQuiet) return ReadLoggedAsync(firstBlock, target, stop);
        Content.AsSpan((int)firstBlock * blockBytes, target.Length).CopyTo(target.Span);
        return default;
    }

    public async ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        Log.Add($"write {firstBlock} {source.Length / blockBytes}");
        await LiveAsync(stop);
        source.Span.CopyTo(Content.AsSpan((int)firstBlock * blockBytes));
    }

    public async ValueTask FlushAsync(CancellationToken stop)
    {
        Log.Add("flush");
        await LiveAsync(stop);
    }

    public ValueTask CloseAsync() => default;

    private async ValueTask ReadLoggedAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        Log.Add($"read {firstBlock} {target.Length / blockBytes}");
        await LiveAsync(stop);
        Content.AsSpan((int)firstBlock * blockBytes, target.Length).CopyTo(target.Span);
    }

    private async ValueTask LiveAsync(CancellationToken stop)
    {
        During?.Invoke();
        if (Failure is not null) throw Failure;
        if (IsSlow) await new Turn(pump);
        if (IsSilent) await pump.Delay(Duration.FromSeconds(100_000), stop);
    }

    /// <summary>Lets the pump go round once.</summary>
    private readonly struct Turn(Pump pump) : INotifyCompletion
    {
        public bool IsCompleted => false;
        public Turn GetAwaiter() => this;
        public void GetResult() { }
        public void OnCompleted(Action continuation) => pump.Post(static state => ((Action)state!)(), continuation);
    }
}
