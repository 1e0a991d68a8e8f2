using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>The receiving half of a connection: puts bytes in order and gives them to the reader. While somebody waits
/// for bytes and none are kept, they go from the segment straight into the reader's memory.</summary>
internal sealed class TcpReceiver(Pump pump)
{
    /// <summary>Bytes that may go unacknowledged within one burst; at its end everything is acknowledged. RFC 5681
    /// section 4.2 suggests two segments; each acknowledgement costs an emulated card as much as several of them. Never
    /// more than a quarter of the window, so that the peer can go on sending meanwhile.</summary>
    private const int BytesPerAckMax = 8 * 1460, BytesPerAckMin = 2 * 1460;

    private readonly ByteRing _ring = new();
    private readonly OutOfOrderRanges _ranges = new();
    private readonly PendingOperation<int> _read = new(pump);
    private ReceiveWindow _window = new();
    private SeqNumber _edge;          // behind the furthest byte the peer may send; never moves back
    private SeqNumber? _finAt;
    private Memory<byte> _target;
    private int _filledBytes;
    private bool _mustFill;
    private int _bytesToAck;
    private int _bytesPerAck = BytesPerAckMin;
    private byte _shift;

    /// <summary>RcvNxt.</summary>
    public SeqNumber Next { get; private set; }

    /// <summary>All the peer's bytes and its FIN are here.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Bytes nobody has read.</summary>
    public int UnreadBytes => _ring.Count;

    /// <summary>Bytes beyond a hole are kept.</summary>
    public bool HasHole => _ranges.Count > 0;

    /// <summary>An acknowledgement is due at the end of the burst.</summary>
    public bool IsAckDue { get; private set; }

    /// <summary>An acknowledgement is due now.</summary>
    public bool IsAckUrgent { get; private set; }

    /// <summary>The reader has all it asked for: it should run before more frames are taken.</summary>
    public bool IsReaderFull => _read.IsPending && _filledBytes == _target.Length;

    /// <summary>The peer's SYN has come.</summary>
    /// <param name="irs">Its sequence number.</param>
    /// <param name="shift">What the peer will shift our window by.</param>
    /// <param name="advertisedBytes">The window our own SYN gave.</param>
    public void Start(SeqNumber irs, byte shift, int advertisedBytes)
    {
        Next = irs + 1;
        _edge = Next + advertisedBytes;
        _shift = shift;
        IsAckDue = true;
    }

    /// <summary>Whether any of the segment lies in the window (RFC 9293 section 3.10.7.4).</summary>
    public bool IsAcceptable(SeqNumber start, int sequenceLength)
    {
        if (sequenceLength == 0) return start >= Next && start <= _edge;
        return start < _edge && start + sequenceLength > Next;
    }

    /// <summary>Takes in an acceptable segment.</summary>
    public void Accept(SeqNumber start, ReadOnlySpan<byte> payload, bool hasFin)
    {
        if (payload.Length == 0 && !hasFin) return;
        IsAckDue = true;
        SeqNumber end = start + payload.Length;
        int oldBytes = Next - start;
        if (oldBytes > payload.Length) return;
        if (oldBytes > 0)
        {
            payload = payload[oldBytes..];
            start = Next;
        }
        if (payload.Length > _edge - start)
        {
            payload = payload[..(_edge - start)];
            hasFin = false;
        }
        if (hasFin) _finAt ??= end;
        if (_finAt is { } finAt && start + payload.Length > finAt) payload = payload[..Math.Max(0, finAt - start)];
        if (payload.Length > 0 && start == Next) TakeInOrder(payload);
        else if (payload.Length > 0) TakeOutOfOrder(start, payload);
        if (_finAt == Next && !IsFinished)
        {
            Next += 1;
            IsFinished = true;
        }
    }

    /// <summary>An acknowledgement should go out although nothing new came.</summary>
    public void RequestAck() => IsAckDue = true;

    /// <summary>The segment going out now acknowledges everything.</summary>
    public void AckSent() => (IsAckDue, IsAckUrgent, _bytesToAck) = (false, false, 0);

    /// <summary>The window field of a segment going out now.</summary>
    public ushort TakeWindowField(int shareBytes)
    {
        _edge = SeqNumber.Later(_edge, OfferedEdge(shareBytes));
        _bytesPerAck = Math.Clamp((_edge - Next) / 4, BytesPerAckMin, BytesPerAckMax);
        return (ushort)Math.Min(_edge - Next >> _shift, ushort.MaxValue);
    }

    /// <summary>The reader has made room worth telling (RFC 9293 section 3.8.6.2.2).</summary>
    public bool IsWindowUpdateDue(int shareBytes, int mss)
    {
        if (IsFinished) return false;
        int limit = _window.LimitBytes(shareBytes);
        return OfferedEdge(shareBytes) - _edge >= Math.Max(limit / 4, Math.Min(mss, limit / 2));
    }

    /// <summary>Adds SACK blocks (RFC 2018).</summary>
    public void ReportRanges(ref TcpOptions options) => _ranges.Report(ref options);

    /// <summary>Reads what is there, or waits for something.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> target, bool mustFill, FailureSource failure, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Check.That(!_read.IsPending);
        (_target, _filledBytes, _mustFill) = (target, 0, mustFill);
        DrainRing();
        if (IsReadDone || failure.IsSet && _filledBytes > 0) return new ValueTask<int>(TakeResult());
        failure.ThrowIfSet();
        return _read.Start(stop);
    }

    /// <summary>Ends the reader's wait if there is cause. Called once at the end of each burst of frames.</summary>
    public bool EndBurst()
    {
        if (!_read.IsPending) return false;
        if (_read.CancelIfAsked())
        {
            _target = default;
            return true;
        }
        if (!IsReadDone) return false;
        _read.Complete(TakeResult());
        return true;
    }

    /// <summary>The connection has failed. Bytes that did arrive are given to the reader; its next read
    /// fails.</summary>
    public void Fail(BootFailure failure)
    {
        if (!_read.IsPending) return;
        if (_filledBytes > 0)
        {
            _read.Complete(TakeResult());
            return;
        }
        _target = default;
        _read.Fail(failure);
    }

    private bool IsReadDone => IsFinished || _filledBytes == _target.Length || _filledBytes > 0 && !_mustFill;

    private SeqNumber OfferedEdge(int shareBytes) =>
        Next + Math.Max(0, _window.LimitBytes(shareBytes) - _ring.Count);

    /// <summary>Every step is whole before the next: should memory run out while bytes are kept, RcvNxt stands before
    /// them and the peer sends them again.</summary>
    private void TakeInOrder(ReadOnlySpan<byte> payload)
    {
        _bytesToAck += payload.Length;
        if (_read.IsPending && _ring.Count == 0)
        {
            int direct = Math.Min(payload.Length, _target.Length - _filledBytes);
            payload[..direct].CopyTo(_target.Span[_filledBytes..]);
            Filled(direct);
            _ring.Skip(direct);
            Next += direct;
            payload = payload[direct..];
        }
        if (payload.Length > 0)
        {
            _ring.Append(payload);
            Next += payload.Length;
        }
        if (_bytesToAck >= _bytesPerAck) IsAckUrgent = true;
        if (_ranges.Count > 0) Absorb();
    }

    /// <summary>A hole was filled: the bytes behind it are in order now. The peer is told at once (RFC 5681 section
    /// 4.2).
    /// </summary>
    private void Absorb()
    {
        SeqNumber end = _ranges.Absorb(Next);
        _ring.Extend(end - Next);
        Next = end;
        IsAckUrgent = true;
        if (_read.IsPending) DrainRing();
    }

    private void TakeOutOfOrder(SeqNumber start, ReadOnlySpan<byte> payload)
    {
        if (_ranges.Count == 0) _window.HoleSeen();
        IsAckUrgent = true;
        _ring.Write(_ring.Count + (start - Next), payload);
        _ranges.TryAdd(start, start + payload.Length);   // if they are too many, the bytes just do not count
    }

    private void DrainRing()
    {
        int bytes = Math.Min(_ring.Count, _target.Length - _filledBytes);
        if (bytes == 0) return;
        _ring.CopyTo(0, _target.Span.Slice(_filledBytes, bytes));
        _ring.Remove(bytes);
        Filled(bytes);
    }

    private void Filled(int bytes)
    {
        _filledBytes += bytes;
        _window.HaveBeenRead(bytes);
    }

    private int TakeResult()
    {
        int bytes = _filledBytes;
        (_target, _filledBytes) = (default, 0);
        return bytes;
    }
}
