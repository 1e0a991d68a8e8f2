using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>The sending half of a connection: what is not acknowledged, what may be sent, and when to send it again.
/// RFC 9293 section 3.8, RFC 6298 (time-outs), RFC 5681 and RFC 6582 (congestion).</summary>
internal sealed class TcpSender
{
    private const int BufferBytesMax = 64 * 1024;
    private const int InitialWindowSegments = 10;   // RFC 6928
    private const int DuplicateAcksToRetransmit = 3;

    private readonly ByteRing _ring = new();
    private readonly PendingOperation<bool> _write;
    private ReadOnlyMemory<byte> _unwritten;
    private RoundTripEstimator _roundTrip;
    private SeqNumber _ringStart;      // sequence number of the buffer's first byte
    private SeqNumber _max;            // behind the furthest byte ever sent
    private SeqNumber _windowSequence, _windowAck;   // SND.WL1 and SND.WL2: the segment that set the window
    private SeqNumber _recover;        // RFC 6582: what was sent when a loss was noticed
    private SeqNumber _timedEnd;       // the segment being timed ends here
    private Instant _timedAt;
    private bool _isTimed, _isRecovering, _mustRetransmit, _mustForce;
    private int _windowBytes, _windowBytesMax;
    private int _congestionWindow, _slowStartThreshold = int.MaxValue;
    private int _duplicateAcks;

    public TcpSender(Pump pump, SeqNumber iss, int mss)
    {
        Una = Next = _max = iss;
        _ringStart = iss + 1;
        _recover = iss;
        _write = new PendingOperation<bool>(pump);
        SetMss(mss);
    }

    /// <summary>SndUna: the oldest number not acknowledged.</summary>
    public SeqNumber Una { get; private set; }

    /// <summary>SndNxt: what goes out next; behind what was ever sent while a time-out makes us start over.</summary>
    public SeqNumber Next { get; private set; }

    /// <summary>Where a segment without data stands.</summary>
    public SeqNumber Max => _max;

    /// <summary>Largest payload of a segment.</summary>
    public int Mss { get; private set; }

    /// <summary>What the peer's window field is shifted by.</summary>
    public byte Shift { get; set; }

    /// <summary>We have closed: a FIN follows the last byte.</summary>
    public bool IsFinQueued { get; private set; }

    /// <summary>Our FIN has been acknowledged.</summary>
    public bool IsFinAcked => IsFinQueued && Una == _ringStart + 1 && _ring.Count == 0;

    /// <summary>When to send again; Never if nothing is out.</summary>
    public Instant RetransmitAt { get; private set; } = Instant.Never;

    /// <summary>When to look whether a closed window has opened.</summary>
    public Instant PersistAt { get; private set; } = Instant.Never;

    /// <summary>When the peer last took something new.</summary>
    public Instant ProgressAt { get; set; }

    /// <summary>Time-outs since the peer last took something new.</summary>
    public int Timeouts { get; private set; }

    /// <summary>Something is out, or waits to go out.</summary>
    public bool HasWork => Una != _max || _ring.Count > 0;

    public void SetMss(int mss)
    {
        Mss = mss;
        _congestionWindow = InitialWindowSegments * mss;
    }

    /// <summary>Our SYN went out.</summary>
    public void SynSent(Instant now)
    {
        _isTimed = Next == Una;   // Karn: a repeated SYN is not timed
        (_timedAt, _timedEnd) = (now, Una + 1);
        Next = _max = Una + 1;
        RetransmitAt = now + _roundTrip.Rto;
    }

    /// <summary>Takes bytes to send; completes when the buffer holds them all.</summary>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Check.That(!_write.IsPending && !IsFinQueued);
        _unwritten = source;
        TakeUnwritten();
        return _unwritten.Length == 0 ? default : _write.StartPlain(stop);
    }

    /// <summary>Ends the writer's wait if there is cause.</summary>
    public bool PollWriter()
    {
        if (!_write.IsPending) return false;
        if (_write.CancelIfAsked())
        {
            _unwritten = default;
            return true;
        }
        TakeUnwritten();
        if (_unwritten.Length > 0) return false;
        _write.Complete(true);
        return true;
    }

    /// <summary>No further byte will be taken.</summary>
    public void Fail(BootFailure failure)
    {
        _unwritten = default;
        if (_write.IsPending) _write.Fail(failure);
    }

    /// <summary>No more bytes will come.</summary>
    public void QueueFin() => IsFinQueued = true;

    /// <summary>Takes in the acknowledgement and window of an acceptable segment. False: the number is nothing we could
    /// have been sent honestly, and is to be challenged (RFC 5961 section 5.2).</summary>
    public bool Acknowledge(SeqNumber sequence, SeqNumber ack, ushort windowField, bool isBare, Instant now)
    {
        if (ack > _max || ack < Una - _windowBytesMax) return false;
        bool hasNewWindow = TakeWindow(sequence, ack, windowField);
        if (ack > Una) Advance(ack, now);
        else if (ack == Una && isBare && !hasNewWindow && Una != _max) CountDuplicate(now);
        return true;
    }

    /// <summary>What to send now, if anything may be.</summary>
    public bool TrySelect(out TcpPiece piece)
    {
        SeqNumber start = _mustRetransmit ? Una : Next;
        int offset = start - _ringStart;
        int available = _ring.Count - offset;
        piece = default;
        if (available < 0) return false;   // our FIN is out
        int usable = Math.Min(_windowBytes, _congestionWindow) - (start - Una);
        if (_mustRetransmit) usable = Math.Max(1, Math.Min(_windowBytes, Mss));
        if (_mustForce) usable = Math.Max(1, usable);
        int length = Math.Min(available, Math.Min(Mss, usable));
        bool hasFin = IsFinQueued && length >= available;
        if (length <= 0 && !(hasFin && available == 0)) return false;
        bool isSilly = length < available && length < Mss && length < _windowBytesMax / 2;   // RFC 9293, 3.8.6.2.1
        if (isSilly && !_mustForce && !_mustRetransmit) return false;
        piece = new TcpPiece(start, offset, Math.Max(0, length), hasFin, length == available);
        return true;
    }

    /// <summary>Copies a piece's data.</summary>
    public void CopyTo(in TcpPiece piece, Span<byte> target) => _ring.CopyTo(piece.Offset, target[..piece.LengthBytes]);

    /// <summary>The piece went out.</summary>
    public void Sent(in TcpPiece piece, Instant now)
    {
        PersistAt = Instant.Never;
        if (_mustRetransmit)
        {
            _mustRetransmit = _isTimed = false;
            RetransmitAt = now + _roundTrip.Rto;
            return;
        }
        _mustForce = false;
        if (piece.Start < _max) _isTimed = false;
        else if (!_isTimed) (_isTimed, _timedEnd, _timedAt) = (true, piece.End, now);
        Next = piece.End;
        _max = SeqNumber.Later(_max, Next);
        if (RetransmitAt == Instant.Never) RetransmitAt = now + _roundTrip.Rto;
    }

    /// <summary>Nothing more can be sent now: if only the peer's window is in the way, it is to be probed in a
    /// while.</summary>
    public void ArmPersist(Instant now)
    {
        bool isBlocked = Una == _max && _ring.Count > 0;
        if (!isBlocked) PersistAt = Instant.Never;
        else if (PersistAt == Instant.Never) PersistAt = now + _roundTrip.Rto;
    }

    /// <summary>Acts on the timers that have run out. Returns true if one had.</summary>
    public bool Poll(Instant now)
    {
        if (PersistAt <= now)
        {
            PersistAt = Instant.Never;
            _mustForce = true;
            _roundTrip.BackOff();
            return true;
        }
        if (RetransmitAt > now) return false;
        RetransmitAt = Instant.Never;
        Timeouts++;
        _roundTrip.BackOff();
        if (Una < _ringStart) return true;   // the SYN, which the connection repeats
        _slowStartThreshold = Math.Max((_max - Una) / 2, 2 * Mss);
        _congestionWindow = Mss;
        _recover = _max;
        _duplicateAcks = 0;
        _isRecovering = _isTimed = _mustRetransmit = false;
        Next = Una;
        _mustForce = true;   // whatever the window says: this is also the zero-window probe
        return true;
    }

    private void TakeUnwritten()
    {
        int bytes = Math.Min(_unwritten.Length, BufferBytesMax - _ring.Count);
        _ring.Append(_unwritten.Span[..bytes]);
        _unwritten = _unwritten[bytes..];
    }

    /// <summary>Returns whether the window changed. Old segments do not set it (RFC 9293 section 3.10.7.4).</summary>
    private bool TakeWindow(SeqNumber sequence, SeqNumber ack, ushort windowField)
    {
        if (ack < Una || _windowSequence > sequence || _windowSequence == sequence && _windowAck > ack) return false;
        int bytes = windowField << Shift;
        bool isChanged = bytes != _windowBytes;
        _windowBytes = bytes;
        _windowBytesMax = Math.Max(_windowBytesMax, bytes);
        (_windowSequence, _windowAck) = (sequence, ack);
        return isChanged;
    }

    /// <summary>The window of the peer's SYN, which is never shifted, and what its acknowledgement says of the round
    /// trip.
    /// </summary>
    public void Start(SeqNumber sequence, SeqNumber ack, ushort windowField, Instant now)
    {
        _windowBytes = _windowBytesMax = windowField;
        (_windowSequence, _windowAck) = (sequence, ack);
        Advance(ack, now);
        _congestionWindow = InitialWindowSegments * Mss;
    }

    private void Advance(SeqNumber ack, Instant now)
    {
        int ackedBytes = ack - Una;
        if (_isTimed && ack >= _timedEnd)
        {
            _isTimed = false;
            _roundTrip.Sample(now - _timedAt);
        }
        _roundTrip.EndBackOff();
        Timeouts = 0;
        ProgressAt = now;
        int dataBytes = Math.Clamp(ack - _ringStart, 0, _ring.Count);
        _ring.Remove(dataBytes);
        _ringStart += dataBytes;
        Una = ack;
        if (Next < Una) Next = Una;
        _mustRetransmit = false;
        Congest(ackedBytes);
        RetransmitAt = Una == _max ? Instant.Never : now + _roundTrip.Rto;
    }

    private void Congest(int ackedBytes)
    {
        _duplicateAcks = 0;
        if (_isRecovering && Una < _recover)
        {
            _mustRetransmit = true;   // RFC 6582: a partial acknowledgement shows the next hole
            _congestionWindow = Math.Max(Mss, _congestionWindow - ackedBytes + Mss);
            return;
        }
        if (_isRecovering)
        {
            _isRecovering = false;
            _congestionWindow = _slowStartThreshold;
        }
        else if (_congestionWindow < _slowStartThreshold) _congestionWindow += Math.Min(ackedBytes, 2 * Mss);
        else _congestionWindow += Math.Max(1, Mss * Mss / _congestionWindow);
        _congestionWindow = Math.Min(_congestionWindow, 4 * BufferBytesMax);
    }

    private void CountDuplicate(Instant now)
    {
        _duplicateAcks++;
        if (_isRecovering)
        {
            _congestionWindow += Mss;   // one more segment has left the network
            return;
        }
        if (_duplicateAcks != DuplicateAcksToRetransmit || Una < _recover) return;
        _slowStartThreshold = Math.Max((_max - Una) / 2, 2 * Mss);
        _congestionWindow = _slowStartThreshold + DuplicateAcksToRetransmit * Mss;
        _recover = _max;
        _isRecovering = _mustRetransmit = true;
        RetransmitAt = now + _roundTrip.Rto;
    }
}
