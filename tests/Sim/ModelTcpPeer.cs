using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>What runs over one connection of a <see cref="ModelTcpPeer"/>.</summary>
internal interface IModelService
{
    /// <summary>Takes bytes of the client and may write answers.</summary>
    void Handle(ReadOnlySpan<byte> bytes, ModelTcpPeer peer);

    /// <summary>The client has received so many bytes in all.</summary>
    void Acknowledged(long countBytes, ModelTcpPeer peer);
}

/// <summary>The accepting side of one TCP connection, simple and by the book: in-order reception, go-back-N, slow
/// start.
/// </summary>
internal sealed class ModelTcpPeer(ushort clientPort, IModelService service, Action<TcpHeader, byte[]> send)
{
    private const ushort Port = 80;
    private const int MssBytes = 1460, SegmentsMax = 44;
    private static readonly SeqNumber Iss = new(0xffff_f000);   // every transfer passes the wrap
    private static readonly Duration RetransmitTime = Duration.FromMilliseconds(200);

    private readonly List<byte> _out = [];
    private SeqNumber _receiveNext;
    private long _una, _next, _max;    // offsets into _out
    private int _windowBytes, _segments = 4, _duplicateAcks;
    private bool _isOpen, _isClosing, _isGone, _isRecovering;
    private int _tries;
    private Instant _repeatAt = Instant.Never;

    public Instant NextDeadline => _isGone ? Instant.Never : _repeatAt;

    public static TcpHeader Refusal(in TcpView segment) => new()
    {
        SourcePort = Port, TargetPort = segment.SourcePort, Flags = TcpFlags.Rst | TcpFlags.Ack,
        Acknowledgement = segment.Sequence + segment.SequenceLength,
        Sequence = (segment.Flags & TcpFlags.Ack) != 0 ? segment.Acknowledgement : default,
    };

    public void Write(ReadOnlySpan<byte> bytes) => _out.AddRange(bytes);

    public void Close() => _isClosing = true;

    public void Reset()
    {
        if (_isGone) return;
        Emit(TcpFlags.Rst | TcpFlags.Ack, SeqOf(_next), []);
        _isGone = true;
    }

    public void Handle(in TcpView segment, in TcpOptions options, Instant now)
    {
        _ = options;
        if (_isGone)
        {
            if ((segment.Flags & TcpFlags.Rst) == 0) send(Refusal(segment), []);
            return;
        }
        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            _isGone = true;
            return;
        }
        if ((segment.Flags & TcpFlags.Syn) != 0)
        {
            _receiveNext = segment.Sequence + 1;
            Emit(TcpFlags.Syn | TcpFlags.Ack, Iss, []);
            return;
        }
        _isOpen = true;
        _windowBytes = segment.Window;
        TakeAck(segment, now);
        bool isInOrder = segment.Sequence == _receiveNext;
        if (isInOrder && segment.Payload.Length > 0)
        {
            _receiveNext += segment.Payload.Length;
            service.Handle(segment.Payload, this);
        }
        bool hasFin = isInOrder && (segment.Flags & TcpFlags.Fin) != 0;
        if (hasFin)
        {
            _receiveNext += 1;
            _isClosing = true;
        }
        long before = _next;
        Send(now);
        if (segment.SequenceLength > 0 && _next == before && !_isGone) Emit(TcpFlags.Ack, SeqOf(_next), []);
    }

    public void Poll(Instant now)
    {
        if (now < NextDeadline) return;
        if (++_tries > 12)
        {
            _isGone = true;
            return;
        }
        _segments = 2;
        _next = _una;
        _repeatAt = Instant.Never;
        Send(now);
    }

    private long End => _out.Count + (_isClosing ? 1 : 0);

    private void TakeAck(in TcpView segment, Instant now)
    {
        long acked = Unwrap(segment.Acknowledgement - (Iss + 1));
        if (acked > _una && acked <= _max)
        {
            _segments = Math.Min(SegmentsMax, _segments + 1);
            _una = acked;
            _next = Math.Max(_next, _una);
            _duplicateAcks = 0;
            _isRecovering = false;
            _tries = 0;
            _repeatAt = _una < _max ? now + RetransmitTime : Instant.Never;
            if (_isClosing && _una == End) _isGone = true;
            service.Acknowledged(Math.Min(_una, _out.Count), this);
        }
        else if (acked == _una && _una < _max && segment.SequenceLength == 0 && ++_duplicateAcks >= 3 && !_isRecovering)
        {
            _isRecovering = true;
            _segments = Math.Max(2, _segments / 2);
            _next = _una;
        }
    }

    /// <summary>Acknowledgement numbers have 32 bits, offsets more: the one nearest to what is expected.</summary>
    private long Unwrap(int near) => _una + (int)((uint)near - (uint)_una);

    private void Send(Instant now)
    {
        if (!_isOpen || _isGone) return;
        long limit = _una + Math.Min(_windowBytes, _segments * MssBytes);
        while (_next < End && _next < limit)
        {
            int count = (int)Math.Min(Math.Min(MssBytes, _out.Count - _next), limit - _next);
            bool isFin = _isClosing && _next + count == _out.Count && (count < MssBytes || _next + count < limit);
            byte[] payload = count > 0 ? _out.GetRange((int)_next, count).ToArray() : [];
            Emit(TcpFlags.Ack | TcpFlags.Psh | (isFin ? TcpFlags.Fin : 0), SeqOf(_next), payload);
            _next += count + (isFin ? 1 : 0);
            _max = Math.Max(_max, _next);
            if (_repeatAt == Instant.Never) _repeatAt = now + RetransmitTime;
            if (count == 0 && !isFin) break;
        }
        if (_windowBytes == 0 && _next < End && _repeatAt == Instant.Never) _repeatAt = now + RetransmitTime;
    }

    private static SeqNumber SeqOf(long offset) => new(unchecked(Iss.Value + 1 + (uint)offset));

    private void Emit(TcpFlags flags, SeqNumber sequence, byte[] payload) => send(new TcpHeader
    {
        SourcePort = Port, TargetPort = clientPort, Sequence = sequence, Acknowledgement = _receiveNext, Flags = flags,
        Window = 65_535,
        Options = (flags & TcpFlags.Syn) != 0 ? new TcpOptions { MaxSegmentBytes = MssBytes } : default,
    }, payload);
}
