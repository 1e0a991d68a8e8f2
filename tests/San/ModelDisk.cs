using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>A disk in an array. It holds its users to the contract (no more requests at a time than it takes, inside
/// the disk), takes its time, fails when told to, and keeps a list of what was asked.</summary>
public sealed class ModelDisk : IBlockDevice
{
    private readonly Pump _pump;
    private int _underWay;

    public ModelDisk(Pump pump, int blockBytes, int blockCount, int seed = 1)
    {
        _pump = pump;
        Content = new byte[blockBytes * blockCount];
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(Content.AsSpan());
        for (int i = 0; i < words.Length; i++) words[i] = (ulong)(i + seed) * 0x9e3779b97f4a7c15;
        Geometry = new DiskGeometry(blockBytes, (ulong)blockCount, false, 0);
    }

    public DiskGeometry Geometry { get; }

    public byte[] Content { get; }

    /// <summary>Every request: r, w or f, first block, number of blocks.</summary>
    public List<(char Kind, ulong First, int Count)> Requests { get; } = [];

    public int Reads { get; private set; }

    /// <summary>How long a request takes; zero: it is done at once.</summary>
    public Func<Duration> Delay { get; set; } = () => Duration.FromMilliseconds(1);

    /// <summary>Asked at each request's end; a failure or null.</summary>
    public Func<char, ulong, int, Exception?> Fault { get; set; } = (_, _, _) => null;

    public bool IsClosed { get; private set; }

    public bool IsBusy => _underWay > 0;

    public int RequestsMax { get; init; } = 1;

    public async ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        Reads++;
        await RunAsync('r', firstBlock, target.Length, stop);
        Content.AsSpan((int)firstBlock * Geometry.BlockBytes, target.Length).CopyTo(target.Span);
        _underWay--;
    }

    public async ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        try
        {
            await RunAsync('w', firstBlock, source.Length, stop);
        }
        catch (BootFailure)
        {
            // A write that fails may have been done in part.
            source.Span[..(source.Length / 2)].CopyTo(Content.AsSpan((int)firstBlock * Geometry.BlockBytes));
            throw;
        }
        source.Span.CopyTo(Content.AsSpan((int)firstBlock * Geometry.BlockBytes));
        _underWay--;
    }

    public async ValueTask FlushAsync(CancellationToken stop)
    {
        await RunAsync('f', 0, Geometry.BlockBytes, stop);
        _underWay--;
    }

    public ValueTask CloseAsync()
    {
        Assert.Equal(0, _underWay);
        IsClosed = true;
        return default;
    }

    private async ValueTask RunAsync(char kind, ulong first, int countBytes, CancellationToken stop)
    {
        Assert.True(_underWay < RequestsMax, "more requests than it takes");
        Assert.False(IsClosed);
        Assert.Equal(0, countBytes % Geometry.BlockBytes);
        Assert.True(countBytes > 0 && first * (ulong)Geometry.BlockBytes + (ulong)countBytes <= (ulong)Content.Length);
        Requests.Add((kind, first, countBytes / Geometry.BlockBytes));
        _underWay++;
        try
        {
            Duration delay = Delay();
            if (delay > Duration.Zero) await _pump.Delay(delay, stop);
            if (Fault(kind, first, countBytes / Geometry.BlockBytes) is { } fault) throw fault;
        }
        catch
        {
            _underWay--;
            throw;
        }
    }
}
