using Bootlace.Wire;

namespace Bootlace.Net;

// Segments coming in: RFC 9293 section 3.10.7.3 and .4, with the challenges of RFC 5961.
public sealed partial class TcpConnection
{
    internal void Handle(in TcpView segment, in TcpOptions options, Instant now)
    {
        if (State == TcpState.SynSent)
        {
            HandleAnswer(segment, options, now);
            return;
        }
        SeqNumber start = segment.Sequence;
        TcpFlags flags = segment.Flags;
        if (!_receiver.IsAcceptable(start, segment.SequenceLength))
        {
            Refuse(flags, hasText: segment.Payload.Length > 0, now);
            return;
        }
        if ((flags & TcpFlags.Rst) != 0)
        {
            HandleReset(start, now);
            return;
        }
        if ((flags & TcpFlags.Syn) != 0)
        {
            Challenge(now);
            return;
        }
        if ((flags & TcpFlags.Ack) == 0) return;
        _lastHeardAt = now;
        _keepAliveProbes = 0;
        bool hasFin = (flags & TcpFlags.Fin) != 0;
        bool isBare = segment.Payload.Length == 0 && !hasFin;
        if (!_sender.Acknowledge(start, segment.Acknowledgement, segment.Window, isBare, now))
        {
            Challenge(now);
            return;
        }
        if (_sender.IsFinAcked) FinWasAcked(now);
        if (isBare || State == TcpState.Closed) return;
        HandleText(segment, hasFin, now);
    }

    /// <summary>In SynSent: the answer to our SYN.</summary>
    private void HandleAnswer(in TcpView segment, in TcpOptions options, Instant now)
    {
        TcpFlags flags = segment.Flags;
        bool hasAck = (flags & TcpFlags.Ack) != 0;
        if (hasAck && segment.Acknowledgement != _iss + 1)
        {
            if ((flags & TcpFlags.Rst) == 0) _layer.SendReset(_path, segment, now);
            Count(DropReason.UnacceptableSegment);
        }
        else if (hasAck && (flags & TcpFlags.Rst) != 0)
            Finish(NetFailure.ConnectionRefused, $"{Peer} refused the connection");
        else if (hasAck && (flags & TcpFlags.Syn) != 0)
            Establish(segment, options, now);
        else
            Count(DropReason.UnacceptableSegment);   // also a SYN that crosses ours: no server does that
    }

    private void Establish(in TcpView segment, in TcpOptions options, Instant now)
    {
        if (options.WindowScale is { } peerShift) _sender.Shift = peerShift;
        else _shift = 0;
        _peerTakesSack = options.SackPermitted;
        _sender.SetMss(ClampMss(options.MaxSegmentBytes));
        _sender.Start(segment.Sequence, segment.Acknowledgement, segment.Window, now);
        _receiver.Start(segment.Sequence, _shift, SynWindowBytes);   // data in a SYN is left out: it will come again
        _lastHeardAt = now;
        _keepAliveAt = now + KeepAliveIdle;
        Enter(TcpState.Established, now);
        if (_connect.IsPending) _connect.Complete(true);
    }

    private void HandleText(in TcpView segment, bool hasFin, Instant now)
    {
        bool isNew = segment.Sequence + segment.Payload.Length > _receiver.Next;
        if (_isClosedByUs && isNew && segment.Payload.Length > 0 && !_receiver.IsFinished)
        {
            SendReset(now);   // nobody will read it: RFC 9293 section 3.6.1
            Finish(NetFailure.NotConnected, "The connection is closed");
            return;
        }
        bool wasFinished = _receiver.IsFinished;
        _receiver.Accept(segment.Sequence, segment.Payload, hasFin);
        if (_receiver.IsReaderFull) _layer.EndBurst();
        if (_receiver.IsFinished && !wasFinished) FinWasReceived(now);
        else if (hasFin && State == TcpState.TimeWait) Enter(TcpState.TimeWait, now);
        // The peer is to go on while the rest of the burst is taken, so the card may not keep it until then.
        if (_receiver.IsAckUrgent && Output(now)) _path.Interface.Flush();
    }

    private void FinWasReceived(Instant now) => Enter(
        State switch
        {
            TcpState.Established => TcpState.CloseWait,
            TcpState.FinWait1 => TcpState.Closing,
            TcpState.FinWait2 => TcpState.TimeWait,
            _ => State,
        },
        now);

    private void FinWasAcked(Instant now)
    {
        switch (State)
        {
            case TcpState.FinWait1:
                Enter(TcpState.FinWait2, now);
                break;
            case TcpState.Closing:
                Enter(TcpState.TimeWait, now);
                break;
            case TcpState.LastAck:
                Finish(NetFailure.NotConnected, "The connection is closed");
                break;
        }
    }

    /// <summary>Only a reset with exactly the number we expect counts; one elsewhere in the window may be forged and is
    /// asked about (RFC 5961 section 3.2).</summary>
    private void HandleReset(SeqNumber start, Instant now)
    {
        if (start == _receiver.Next) Finish(NetFailure.ConnectionReset, $"{Peer} reset the connection");
        else Challenge(now);
    }

    /// <summary>Out of the window: an old copy, a keep-alive, or a forgery. The peer is told where we are; at leisure
    /// if it sent text, which it repeats because our acknowledgement was lost.</summary>
    private void Refuse(TcpFlags flags, bool hasText, Instant now)
    {
        Count(DropReason.UnacceptableSegment);
        if ((flags & TcpFlags.Rst) != 0) return;
        if (State == TcpState.TimeWait && (flags & TcpFlags.Fin) != 0) Enter(TcpState.TimeWait, now);
        if (hasText || _challenges.TryTake(now)) _receiver.RequestAck();
    }

    private void Challenge(Instant now)
    {
        Count(DropReason.UnacceptableSegment);
        if (_challenges.TryTake(now)) _receiver.RequestAck();
    }

    private void Count(DropReason reason) => _path.Interface.Counters.Count(reason);
}
