using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>A disk of an iSCSI target. It survives the loss of its connection and of its target: the session is
/// reinstated and what was under way is sent again.</summary>
public sealed class IscsiDisk : IBlockDevice
{
    /// <summary>Commands under way at once.</summary>
    private const int PiecesMax = 4;
    /// <summary>Between two attempts to come back; iPXE's interval.</summary>
    private static readonly Duration ReopenPause = Duration.FromSeconds(5);
    /// <summary>A daemon that is restarted refuses connections at once, so that all retries would be over before it is
    /// back: we go on for at least so long per retry, with the usual ten of them 100 seconds.</summary>
    private static readonly Duration OutagePerRetry = Duration.FromSeconds(10);

    private readonly Pump _pump;
    private readonly IscsiPaths _paths;
    private readonly DiskPiece[] _pieces = new DiskPiece[PiecesMax];
    private IscsiPath _path;
    private bool _isClosed, _isBusy, _cannotFlush;

    // the request under way
    private Memory<byte> _target;
    private ReadOnlyMemory<byte> _source;
    private ulong _nextBlock;
    private bool _mustFlush;
    private ScsiPatience _patience;
    private int _replays;
    private BootFailure? _failure;

    private IscsiDisk(Pump pump, IscsiPaths paths, IscsiPath path)
    {
        (_pump, _paths, _path) = (pump, paths, path);
        Geometry = path.Traits.Geometry;
        for (int i = 0; i < PiecesMax; i++) _pieces[i] = new DiskPiece();
    }

    /// <inheritdoc/>
    public DiskGeometry Geometry { get; }

    /// <summary>The path in use.</summary>
    public IscsiOptions Options => _path.Options;

    /// <summary>The portal's address, behind all redirections.</summary>
    public IpAddress TargetAddress => _path.Session.Login.Address;

    /// <summary>The portal's port.</summary>
    public ushort TargetPort => _path.Session.Login.Port;

    /// <summary>The portal group the target says it was reached through.</summary>
    public ushort PortalGroupTag => _path.Session.Login.Parameters.TargetPortalGroupTag;

    /// <summary>Headers carry a CRC32C.</summary>
    public bool HasHeaderDigest => _path.Session.Login.Parameters.HeaderDigest;

    /// <summary>Data segments carry a CRC32C.</summary>
    public bool HasDataDigest => _path.Session.Login.Parameters.DataDigest;

    /// <summary>Logs in and looks the disk over; done when it is ready to be read.</summary>
    /// <exception cref="BootFailure">A <see cref="SanFailure"/>, or the connector's.</exception>
    public static Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IscsiOptions options, CancellationToken stop) =>
        OpenAsync(pump, entropy, connect, [options], stop);

    /// <summary>Opens all paths to the same disk together and keeps the first that becomes ready (spec/ipxe-compat.md
    /// 6.7). When it is lost, all are tried again.</summary>
    /// <exception cref="BootFailure">Of the first path, when none works.</exception>
    public static async Task<IscsiDisk> OpenAsync(
        Pump pump, IEntropy entropy, PortalConnector connect, IReadOnlyList<IscsiOptions> paths,
        CancellationToken stop)
    {
        var ways = new IscsiPaths(pump, entropy, connect, paths);
        return new IscsiDisk(pump, ways, await ways.OpenFirstAsync(stop));
    }

    /// <inheritdoc/>
    public ValueTask ReadAsync(ulong firstBlock, Memory<byte> target, CancellationToken stop)
    {
        Begin(firstBlock, target.Length);
        _target = target;
        return RunAsync(stop);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ulong firstBlock, ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        if (Geometry.IsReadOnly)
            throw new BootFailure(SanFailure.WriteProtected, $"{Name} is write-protected");
        Begin(firstBlock, source.Length);
        _source = source;
        return RunAsync(stop);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken stop)
    {
        if (_cannotFlush || Geometry.IsReadOnly) return default;
        Begin(0, 0);
        _mustFlush = true;
        return RunAsync(stop);
    }

    /// <inheritdoc/>
    public async ValueTask CloseAsync()
    {
        _isClosed = true;
        await _path.Session.CloseAsync();
    }

    private string Name => $"The iSCSI disk {Options}";

    private void Begin(ulong firstBlock, int countBytes)
    {
        Check.That(!_isBusy && countBytes % Geometry.BlockBytes == 0);
        Check.That(firstBlock <= Geometry.BlockCount);
        Check.That((ulong)(countBytes / Geometry.BlockBytes) <= Geometry.BlockCount - firstBlock);
        _isBusy = true;
        _nextBlock = firstBlock;
        _patience = new ScsiPatience(_paths.Retries);
        (_replays, _failure) = (0, null);
    }

    /// <summary>Carries out the request that has begun.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (_isClosed) throw new BootFailure(SanFailure.DiskClosed, $"{Name} has been closed");
                if (_path.Session.IsOver)
                {
                    await ReinstateAsync(stop);
                    continue;   // it may have ended already
                }
                if (!StartPieces()) break;
                await _path.Session.WhenEndedAsync(stop);
                Duration pause = TakeEnded();
                if (pause > Duration.Zero) await _pump.Delay(pause, stop);
            }
            if (_failure is not null) throw _failure;
        }
        finally
        {
            Finish();
        }
    }

    /// <summary>Starts whatever the request still wants. False: nothing is under way, it is done.</summary>
    private bool StartPieces()
    {
        bool isUnderWay = false;
        foreach (DiskPiece piece in _pieces)
        {
            if (piece.State == PieceState.Idle && _failure is null) PrepareNext(piece);
            if (piece.State == PieceState.Ready)
            {
                piece.Task.Lun = Options.Path.Lun;   // another path may have another
                _path.Session.Start(piece.Task);
                piece.State = PieceState.UnderWay;
            }
            isUnderWay |= piece.State == PieceState.UnderWay;
        }
        return isUnderWay;
    }

    /// <summary>Cuts the next command's share off the request, if anything is left of it.</summary>
    private void PrepareNext(DiskPiece piece)
    {
        if (_mustFlush)
        {
            bool isShort = Geometry.BlockCount <= 1ul + uint.MaxValue;
            piece.Task.WantRead(isShort ? ScsiCdb.SynchronizeCache10 : ScsiCdb.SynchronizeCache16, default);
            piece.State = PieceState.Ready;
            _mustFlush = false;
            return;
        }
        int leftBlocks = Math.Max(_target.Length, _source.Length) / Geometry.BlockBytes;
        int blocks = Math.Min(leftBlocks, _path.Traits.CommandBlocksMax), bytes = blocks * Geometry.BlockBytes;
        if (blocks == 0) return;
        if (_target.Length > 0)
        {
            piece.Task.WantRead(ScsiCdb.ReadBlocks(_nextBlock, (uint)blocks), _target[..bytes]);
            _target = _target[bytes..];
        }
        else
        {
            piece.Task.WantWrite(ScsiCdb.WriteBlocks(_nextBlock, (uint)blocks), _source[..bytes]);
            _source = _source[bytes..];
        }
        _nextBlock += (uint)blocks;
        piece.State = PieceState.Ready;
    }

    /// <summary>Judges what has ended. Returns how long to wait before it goes on.</summary>
    private Duration TakeEnded()
    {
        Duration longest = Duration.Zero;
        foreach (DiskPiece piece in _pieces)
        {
            ScsiTask task = piece.Task;
            if (piece.State != PieceState.UnderWay || task.End == TaskEnd.None) continue;
            piece.State = PieceState.Idle;
            ScsiVerdict verdict = ScsiVerdict.On(task);
            if (verdict.Action == ScsiAction.None && !IsWhole(task))
                verdict = new ScsiVerdict(ScsiAction.Repeat, SanFailure.ShortTransfer);
            if (verdict.Kind == SanFailure.CommandRefused && IsFlush(task))
            {
                verdict = default;   // it has no cache, or none that could lose anything
                _cannotFlush = true;
            }
            if (verdict.Action == ScsiAction.None || _failure is not null) continue;
            if (verdict.Action == ScsiAction.Reinstate)
            {
                piece.State = PieceState.Ready;
            }
            else if (_patience.TryTake(verdict, out Duration pause))
            {
                piece.State = PieceState.Ready;
                if (pause > longest) longest = pause;
            }
            else
            {
                _failure = verdict.CreateFailure(Name, task);
            }
        }
        return longest;
    }

    private static bool IsWhole(ScsiTask task) => task.ReceivedBytes == task.Target.Length
        && (task.Source.Length == 0 || task.Residual.Bytes == 0 && task.PromisedBytes == task.Source.Length);

    private static bool IsFlush(ScsiTask task) =>
        task.Cdb.Opcode is ScsiOpcode.SynchronizeCache10 or ScsiOpcode.SynchronizeCache16;

    /// <summary>The session is over: opens the next one. At first at once; then with pauses, as often as the options
    /// say.</summary>
    private async Task ReinstateAsync(CancellationToken stop)
    {
        Exception loss = _failure ?? _path.Session.Failure!;
        if (_failure is not null || loss is not BootFailure || ++_replays > _paths.Retries) throw loss;
        Duration pause = _path.Session.ReopenAfter;
        if (_replays > 1 && pause < ReopenPause) pause = ReopenPause;
        Instant until = _pump.Now + OutagePerRetry * _paths.Retries;
        for (int attempt = 1; ; attempt++)
        {
            if (pause > Duration.Zero) await _pump.Delay(pause, stop);
            if (_isClosed) return;
            try
            {
                _path = await _paths.OpenFirstAsync(stop);
                break;
            }
            catch (BootFailure) when (attempt < _paths.Retries || _pump.Now < until)
            {
                pause = ReopenPause;
            }
        }
        DiskGeometry now = _path.Traits.Geometry;
        if (now.BlockBytes == Geometry.BlockBytes && now.BlockCount == Geometry.BlockCount) return;
        await _path.Session.CloseAsync();
        throw new BootFailure(SanFailure.DiskChanged, $"{Name} has another size than before");
    }

    /// <summary>The request is over, one way or the other: its memory is its owner's again.</summary>
    private void Finish()
    {
        foreach (DiskPiece piece in _pieces)
        {
            if (piece.State == PieceState.UnderWay) _path.Session.Abort();
            piece.State = PieceState.Idle;
            piece.Task.Release();
        }
        (_target, _source, _mustFlush, _isBusy) = (default, default, false, false);
    }
}
