using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>Runs the firmware's requests on our disks to their end, one at a time: each enters the Pump, which polls
/// the network card itself. In steady state nothing is allocated.</summary>
internal sealed unsafe class DiskRequests : IPolled
{
    private const int PieceBytesMax = 1 << 30;   // spans count in int; a multiple of every block size

    private readonly Services _services;
    private readonly IClock _clock;
    private readonly Pump _pump;
    private readonly CallerMemory _memory = new();
    private CancellationTokenSource _stop = new();
    private Instant _deadline = Instant.Never;

    public DiskRequests(Services services, IClock clock, Pump pump)
    {
        _services = services;
        _clock = clock;
        _pump = pump;
        pump.Add(this);
    }

    /// <inheritdoc/>
    public Instant NextDeadline => _deadline;

    /// <summary>The present: between two requests the Pump stands still and has an old one.</summary>
    public Instant CurrentTime => _clock.Now;

    /// <summary>The end of a request that has so long: by the Pump's time, which stands still between
    /// requests.</summary>
    public Instant DeadlineAfter(Duration limit) => _pump.CurrentTime + limit;

    /// <summary>A request that takes too long is cancelled; it then ends by itself.</summary>
    public bool Poll(Instant now)
    {
        if (now < _deadline) return false;
        _deadline = Instant.Never;
        _stop.Cancel();
        return true;
    }

    /// <summary>Claims the disks for one request; an error refuses it, success demands <see cref="End"/>.</summary>
    public Status TryBegin()
    {
        // UEFI 2.10, 7.1: block devices are for TPL_CALLBACK at most, and above it U-Boot receives no frame.
        if (_services.CurrentTpl > Tpl.Callback) return Status.DeviceError;
        return _services.Door.TryEnter();
    }

    /// <summary>The request is over, however it ended.</summary>
    public void End()
    {
        _memory.Hide();
        _deadline = Instant.Never;
        if (_stop.IsCancellationRequested) _stop = new CancellationTokenSource();
        _services.Door.Leave();
    }

    /// <summary>Reads; throws what the disk throws.</summary>
    public void Read(IBlockDevice disk, ulong firstBlock, byte* target, nuint countBytes, Instant deadline)
    {
        _deadline = deadline;
        using PumpScope scope = _pump.Enter();
        while (countBytes > 0)
        {
            int pieceBytes = (int)Math.Min((ulong)countBytes, PieceBytesMax);
            _pump.RunUntil(disk.ReadAsync(firstBlock, _memory.Show(target, pieceBytes), _stop.Token));
            firstBlock += (uint)(pieceBytes / disk.Geometry.BlockBytes);
            target += pieceBytes;
            countBytes -= (nuint)pieceBytes;
        }
    }

    /// <summary>Writes; throws what the disk throws.</summary>
    public void Write(IBlockDevice disk, ulong firstBlock, byte* source, nuint countBytes, Instant deadline)
    {
        _deadline = deadline;
        using PumpScope scope = _pump.Enter();
        while (countBytes > 0)
        {
            int pieceBytes = (int)Math.Min((ulong)countBytes, PieceBytesMax);
            _pump.RunUntil(disk.WriteAsync(firstBlock, _memory.Show(source, pieceBytes), _stop.Token));
            firstBlock += (uint)(pieceBytes / disk.Geometry.BlockBytes);
            source += pieceBytes;
            countBytes -= (nuint)pieceBytes;
        }
    }

    /// <summary>Flushes; throws what the disk throws.</summary>
    public void Flush(IBlockDevice disk, Instant deadline)
    {
        _deadline = deadline;
        using PumpScope scope = _pump.Enter();
        _pump.RunUntil(disk.FlushAsync(_stop.Token));
    }

    /// <summary>One turn of the Pump between two requests, from a timer: a program may stay in its menu for minutes,
    /// and a target that gets no answer to its pings ends the session.</summary>
    public void Serve()
    {
        if (_services.Door.TryEnter().IsError) return;
        try
        {
            _pump.RunUntil(default(ValueTask));
        }
        finally
        {
            _services.Door.Leave();
        }
    }

    /// <summary>The pump is left alone for good.</summary>
    public void Close() => _pump.Remove(this);
}
