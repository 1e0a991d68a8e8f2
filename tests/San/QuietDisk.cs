using System;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;
using Bootlace.Net;
using Bootlace.San;

namespace Bootlace.Tests.San;

/// <summary>An endless disk whose requests allocate nothing and end at the pump's next turn.</summary>
public sealed class QuietDisk : IBlockDevice, IPolled, IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private bool _isBusy;

    public DiskGeometry Geometry => new(512, 1UL << 40, false, 0);

    public int RequestsMax => 1;

    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        _core.Reset();
        _isBusy = true;
        return new ValueTask(this, _core.Version);
    }

    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop) => default;

    public ValueTask FlushAsync(CancellationToken stop) => default;

    public ValueTask CloseAsync() => default;

    public Instant NextDeadline => Instant.Never;

    public bool Poll(Instant now)
    {
        if (!_isBusy) return true;
        _isBusy = false;
        _core.SetResult(true);
        return true;
    }

    public void GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
}
