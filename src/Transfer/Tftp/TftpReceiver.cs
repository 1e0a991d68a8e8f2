using System;
using System.Text;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>What a receiver asks the server for in its request.</summary>
internal readonly record struct TftpWishes(int BlockBytes, int WindowBlocks)
{
    /// <summary>No options at all: what every server understands.</summary>
    public static TftpWishes Plain => new(TftpOptions.BlockBytesDefault, 0);

    /// <summary>There are options in the request.</summary>
    public bool HasOptions => WindowBlocks > 0;
}

/// <summary>How a receiver stands.</summary>
internal enum TftpState
{
    /// <summary>The request has been sent; nothing is known of the server.</summary>
    Requesting,
    /// <summary>Blocks are coming.</summary>
    Receiving,
    /// <summary>All is there.</summary>
    Done,
    /// <summary>To be asked for again with other wishes, from another port.</summary>
    AskAgain,
    /// <summary>The server has ended it.</summary>
    Ended,
}

/// <summary>The receiving end of one TFTP transfer (RFC 1350, 2347, 2348, 2349, 7440) without I/O: it is given
/// datagrams and the time, and gives what to send. Failures are thrown.</summary>
internal sealed class TftpReceiver(
    string file,
    TftpWishes wishes,
    TftpTuning tuning,
    IBodyTarget target,
    ITransferProgress progress,
    string serverName)
{
    /// <summary>Longest packet it sends; RFC 2347 limits requests to this.</summary>
    public const int PacketBytesMax = 512;

    /// <summary>Copies made by the network come closer together than this; a server that repeats itself waits
    /// longer.</summary>
    private static readonly Duration EchoSpan = Duration.FromMilliseconds(100);

    /// <summary>Windows watched before losses are judged, and up to how many bytes it is worth starting
    /// again.</summary>
    private const int LossesJudged = 4, StrangersAnsweredMax = 64;
    private const ulong RestartBytesMax = 8 << 20;

    private TftpPosition _position = new();
    private int _blockBytes = TftpOptions.BlockBytesDefault;
    private int _windowBlocks = 1;
    private int _inWindow;            // blocks received in order since the last ACK
    private bool _isGapReported;      // the last ACK told of a gap: the rest of that window is passed over in silence
    private ulong? _total;

    private Instant _startedAt, _progressAt, _ackedAt;
    private Instant _retryAt;
    private Duration _retryDelay;
    private Duration? _pace;          // smoothed time from an ACK to the block after it
    private bool _isPaceMeasured;     // ACK not repeated, so that the block after it tells the pace (Karn)
    private int _strangers;
    private int _losses, _windows;
    private bool _hasMoved;           // blocks have come since the last loss

    /// <summary>How it stands.</summary>
    public TftpState State { get; private set; } = TftpState.Requesting;

    /// <summary>What to ask for instead, in state <see cref="TftpState.AskAgain"/>.</summary>
    public TftpWishes NextWishes { get; private set; }

    /// <summary>The server's end of the transfer is known.</summary>
    public bool HasPeer { get; private set; }

    /// <summary>The server's address, once it is known.</summary>
    public IpAddress PeerAddress { get; private set; }

    /// <summary>The server's port for this transfer, once it is known.</summary>
    public ushort PeerPort { get; private set; }

    /// <summary>When <see cref="Poll"/> has something to do.</summary>
    public Instant NextDeadline => _retryAt;

    /// <summary>Begins; writes the request into <paramref name="packet"/> and returns its length.</summary>
    public int Start(Instant now, Span<byte> packet)
    {
        (_startedAt, _progressAt, _ackedAt) = (now, now, now);
        _retryDelay = tuning.RetryFirst;
        _retryAt = now + _retryDelay;
        return EmitRequest(packet);
    }

    /// <summary>Takes a datagram and writes the answer to its sender into <paramref name="reply"/>; returns the
    /// answer's length, 0: none.</summary>
    public int Handle(ReadOnlySpan<byte> datagram, IpAddress from, ushort port, Instant now, Span<byte> reply)
    {
        bool isRead = TftpView.TryRead(datagram, out TftpView packet, out ParseError error);
        if (HasPeer && (from != PeerAddress || port != PeerPort)) return AnswerStranger(isRead, packet, reply);
        if (!isRead)
        {
            // Options we cannot make sense of; anything else unreadable is noise.
            return error == ParseError.BadOption && State == TftpState.Requesting ? RefuseOptions(reply) : 0;
        }
        if (packet.Opcode == TftpOpcode.Error) return HandleError(packet);
        if (State == TftpState.Requesting)
        {
            if (packet.Opcode == TftpOpcode.OptionAck) return HandleOptions(packet.Options, from, port, now, reply);
            // Data at once come from a server that knows no options.
            if (packet.Opcode == TftpOpcode.Data && packet.Block == 1) MeetPeer(from, port, now);
        }
        else if (packet.Opcode == TftpOpcode.OptionAck && _position.Expected == 1)
        {
            return IsEcho(now) ? 0 : Ack(now, reply, isRepeat: true);   // our ACK of block 0 was lost
        }
        if (State != TftpState.Receiving || packet.Opcode != TftpOpcode.Data) return 0;
        return HandleData(packet.Block, packet.Data, now, reply);
    }

    /// <summary>Does what is due: repeats the request or the last ACK, into <paramref name="packet"/>, or fails with a
    /// time-out. Returns the packet's length, 0: nothing.</summary>
    public int Poll(Instant now, Span<byte> packet)
    {
        if (now < _retryAt || State is not (TftpState.Requesting or TftpState.Receiving)) return 0;
        if (State == TftpState.Requesting && now - _startedAt >= tuning.AnswerTimeout)
            throw new BootFailure(TftpFailure.NoAnswer, $"TFTP {serverName} does not answer the request for '{file}'");
        if (State == TftpState.Receiving && now - _progressAt >= tuning.SilenceTimeout)
            throw new BootFailure(TftpFailure.TimedOut,
                $"TFTP {serverName} fell silent after {Progress()} of '{file}'");
        Duration next = _retryDelay * 2;
        if (State == TftpState.Requesting)
        {
            Wait(next, now);
            return EmitRequest(packet);
        }
        if (NoteLoss()) return EmitAbort(packet);
        int length = Ack(now, packet, isRepeat: true);
        Wait(next, now);
        return length;
    }

    /// <summary>Writes the ERROR that tells the server that we have given up.</summary>
    public int EmitAbort(Span<byte> packet) => TftpMessage.EmitError(packet, TftpErrorCode.Undefined, "aborted");

    /// <summary>How far it came, as "5 of 10 bytes".</summary>
    public string Progress() =>
        _total is { } total ? $"{target.ReceivedBytes} of {total} bytes" : $"{target.ReceivedBytes} bytes";

    private int EmitRequest(Span<byte> packet)
    {
        TftpOptions options = wishes.HasOptions
            ? new TftpOptions
            {
                BlockBytes = wishes.BlockBytes,
                FileBytes = 0,
                WindowBlocks = wishes.WindowBlocks > 1 ? wishes.WindowBlocks : null,
            }
            : default;
        packet = packet[..PacketBytesMax];
        if (file.Length > 0 && TftpMessage.TryEmitReadRequest(packet, file, options, out int length)) return length;
        throw new BootFailure(TftpFailure.BadName,
            "a file name that is empty, too long or holds a NUL cannot be asked for by TFTP");
    }

    /// <summary>A stranger may be a second session the server opened for a repeated request: it is told to end
    /// (RFC 1350 section 4). An ERROR is never answered.</summary>
    private int AnswerStranger(bool isRead, in TftpView packet, Span<byte> reply)
    {
        if (!isRead || packet.Opcode == TftpOpcode.Error || ++_strangers > StrangersAnsweredMax) return 0;
        return TftpMessage.EmitError(reply, TftpErrorCode.UnknownTransferId, "unknown transfer id");
    }

    private int RefuseOptions(Span<byte> reply)
    {
        if (!wishes.HasOptions) return 0;
        State = TftpState.AskAgain;
        NextWishes = TftpWishes.Plain;
        return TftpMessage.EmitError(reply, TftpErrorCode.OptionsRefused, "bad options");
    }

    private int HandleError(in TftpView packet)
    {
        TftpErrorCode code = packet.ErrorCode;
        if (code == TftpErrorCode.OptionsRefused && State == TftpState.Requesting && wishes.HasOptions)
        {
            State = TftpState.AskAgain;
            NextWishes = TftpWishes.Plain;
            return 0;
        }
        State = TftpState.Ended;
        string text = Printable(packet.ErrorText);
        string suffix = text.Length > 0 ? $": {text}" : "";
        if (code == TftpErrorCode.FileNotFound)
            throw new BootFailure(TftpFailure.NotFound, $"TFTP {serverName} has no file '{file}'{suffix}");
        if (code == TftpErrorCode.AccessViolation)
            throw new BootFailure(TftpFailure.AccessDenied, $"TFTP {serverName} denies access to '{file}'{suffix}");
        FailureKind kind = code == TftpErrorCode.IllegalOperation ? TftpFailure.IllegalOperation : TftpFailure.Refused;
        throw new BootFailure(kind,
            $"TFTP {serverName} ended the transfer of '{file}' with error {code.Value}{suffix}");
    }

    private int HandleOptions(in TftpOptions options, IpAddress from, ushort port, Instant now, Span<byte> reply)
    {
        if (!wishes.HasOptions) return 0;
        bool isBlockGood = options.BlockBytes is not { } block || block <= wishes.BlockBytes;
        bool isWindowGood = options.WindowBlocks is not { } window || window <= wishes.WindowBlocks;
        if (!isBlockGood || !isWindowGood) return RefuseOptions(reply);

        MeetPeer(from, port, now);
        _blockBytes = options.BlockBytes ?? TftpOptions.BlockBytesDefault;
        _windowBlocks = options.WindowBlocks ?? 1;
        if (options.FileBytes is { } total and > 0)   // 0: some servers just send our question back
        {
            _total = total;
            target.Expect(total);
        }
        return Ack(now, reply, isRepeat: false);
    }

    private void MeetPeer(IpAddress from, ushort port, Instant now)
    {
        HasPeer = true;
        (PeerAddress, PeerPort) = (from, port);
        State = TftpState.Receiving;
        _progressAt = now;
        _retryDelay = tuning.RetryFirst;
    }

    private int HandleData(ushort block, ReadOnlySpan<byte> data, Instant now, Span<byte> reply)
    {
        int distance = _position.Distance(block, isLockstep: _windowBlocks == 1);
        if (distance < 0) return IsEcho(now) ? 0 : Ack(now, reply, isRepeat: true);   // it has missed our ACK
        if (distance >= _windowBlocks) return 0;                                       // no block it may send now
        if (distance > 0)
        {
            // RFC 7440 section 4: the first block out of order is answered at once, the others of its window are not.
            if (_isGapReported) return 0;
            if (NoteLoss()) return EmitAbort(reply);
            int length = Ack(now, reply, isRepeat: true);
            _isGapReported = true;
            return length;
        }
        if (data.Length > _blockBytes)
            throw new BootFailure(TftpFailure.Malformed,
                $"TFTP {serverName} sent a block of {data.Length} bytes, more than {_blockBytes}");
        Take(data, now);
        bool isLast = data.Length < _blockBytes;
        if (isLast) Finish();
        return isLast || _inWindow >= _windowBlocks ? Ack(now, reply, isRepeat: false) : 0;
    }

    private void Take(ReadOnlySpan<byte> data, Instant now)
    {
        if (_total is { } total && (ulong)data.Length > total - target.ReceivedBytes) throw SizeMismatch("more");
        while (data.Length > 0)
        {
            Span<byte> room = target.GetRoom().Span;
            int count = Math.Min(room.Length, data.Length);
            data[..count].CopyTo(room);
            target.Advance(count);
            data = data[count..];
        }
        _position.Advance();
        if (_inWindow == 0) LearnPace(now);
        _inWindow++;
        _isGapReported = false;
        _hasMoved = true;
        _progressAt = now;
        Wait(Patience, now);
    }

    private void Finish()
    {
        if (_total is { } total && target.ReceivedBytes < total) throw SizeMismatch("fewer");
        State = TftpState.Done;
    }

    private BootFailure SizeMismatch(string relation) => new(TftpFailure.SizeMismatch,
        $"TFTP {serverName} sent {relation} bytes of '{file}' than the {_total} it had announced");

    private int Ack(Instant now, Span<byte> reply, bool isRepeat)
    {
        if (!isRepeat) _windows++;
        _inWindow = 0;
        _isGapReported = false;
        _ackedAt = now;
        _isPaceMeasured = !isRepeat;
        Wait(isRepeat ? _retryDelay : Patience, now);
        progress.Report(target.ReceivedBytes, _total);
        return TftpMessage.EmitAck(reply, _position.LastWire);
    }

    /// <summary>A block was lost. In large windows steady loss means that card or network cannot take so many at once;
    /// TFTP cannot change the window of a running transfer, so near its start it is worth asking again for a smaller
    /// one.</summary>
    private bool NoteLoss()
    {
        if (_windowBlocks == 1 || !_hasMoved) return false;   // a server that has stopped is no lossy one
        _hasMoved = false;
        _losses++;
        if (_losses < LossesJudged || _losses * 2 < _windows || target.ReceivedBytes > RestartBytesMax) return false;
        State = TftpState.AskAgain;
        NextWishes = wishes with { WindowBlocks = Math.Max(1, _windowBlocks / 4) };
        return true;
    }

    private void LearnPace(Instant now)
    {
        if (!_isPaceMeasured) return;
        _isPaceMeasured = false;
        Duration sample = now - _ackedAt;
        _pace = _pace is { } pace ? new Duration((pace.Microseconds * 7 + sample.Microseconds) / 8) : sample;
    }

    /// <summary>How long to wait for the next block before asking for it.</summary>
    private Duration Patience
    {
        get
        {
            if (_pace is not { } pace) return tuning.RetryFirst;
            Duration wait = pace * 4;
            return wait < tuning.RetryMin ? tuning.RetryMin : wait;
        }
    }

    private void Wait(Duration length, Instant now)
    {
        _retryDelay = length < tuning.RetryMax ? length : tuning.RetryMax;
        _retryAt = now + _retryDelay;
    }

    /// <summary>So soon after an ACK an old block can only be a copy made on the way. Answering it would make servers
    /// with the sorcerer's apprentice bug send everything twice from then on (RFC 1123 section 4.2.3.1).</summary>
    private bool IsEcho(Instant now) => now - _ackedAt < EchoSpan;

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        const int charactersMax = 100;
        var text = new StringBuilder();
        foreach (byte value in bytes[..Math.Min(bytes.Length, charactersMax)])
            text.Append(value is >= 0x20 and < 0x7f ? (char)value : '?');
        return text.ToString();
    }
}
