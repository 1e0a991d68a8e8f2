using System;
using Bootlace.Wire;

namespace Bootlace.Net;

// Segments going out, and the timers that cause them.
public sealed partial class TcpConnection
{
    private const int MssMin = 128;          // below, headers outweigh the data: CVE-2019-11477 and its kin
    private const int MssDefault = 536;      // RFC 9293 section 3.7.1, where the peer does not say
    private const byte WindowShift = 5;      // enough for ReceiveWindow.BytesMax
    private const int HeaderBytes = Ipv4Header.Bytes + TcpView.HeaderBytesMin;
    private static readonly Duration BlockedRetry = Duration.FromMilliseconds(1);

    /// <summary>When <see cref="Poll"/> is due.</summary>
    internal Instant NextDeadline
    {
        get
        {
            if (State == TcpState.Closed) return Instant.Never;
            Instant next = Instant.Earlier(_sender.RetransmitAt, _sender.PersistAt);
            next = Instant.Earlier(next, _stateDeadline);
            if (State == TcpState.Established) next = Instant.Earlier(next, _keepAliveAt);
            return _isBlocked ? Instant.Earlier(next, _layer.Now + BlockedRetry) : next;
        }
    }

    /// <summary>Ends waits, acts on timers, sends what is due. Called once at the end of each burst of
    /// frames.</summary>
    internal bool Poll(Instant now)
    {
        bool active = _connect.CancelIfAsked() | _receiver.EndBurst() | _sender.PollWriter();
        if (State == TcpState.Closed) return active;
        active |= PollTimers(now);
        if (State == TcpState.Closed) return true;
        if (_receiver.IsWindowUpdateDue(_layer.WindowShareBytes(_path.Interface), _sender.Mss)) _receiver.RequestAck();
        return active | Output(now);
    }

    private bool PollTimers(Instant now)
    {
        bool active = _sender.Poll(now);
        if (active && _sender.Timeouts >= 2) _path.Interface.Neighbors.Doubt(_path.NextHop, now);
        if (_stateDeadline <= now)
        {
            if (State == TcpState.SynSent) Finish(NetFailure.ConnectTimedOut, $"{Peer} does not answer");
            else Finish(NetFailure.NotConnected, "The connection is closed");
            return true;
        }
        if (active && _sender.HasWork && State != TcpState.SynSent && now - _sender.ProgressAt >= NoProgressTimeMax)
        {
            Finish(NetFailure.PeerSilent, $"{Peer} has stopped answering");
            return true;
        }
        return active | PollKeepAlive(now);
    }

    /// <summary>Asks a silent peer whether it is there, with an old sequence number that it has to answer (RFC 9293
    /// section 3.8.4). While we have something out, its retransmission does that.</summary>
    private bool PollKeepAlive(Instant now)
    {
        if (State != TcpState.Established || _keepAliveAt > now) return false;
        Instant idleUntil = _lastHeardAt + KeepAliveIdle;
        if (idleUntil > now || _sender.HasWork)
        {
            _keepAliveAt = idleUntil > now ? idleUntil : now + KeepAliveInterval;
            return false;
        }
        if (_keepAliveProbes == KeepAliveProbesMax)
        {
            SendReset(now);
            Finish(NetFailure.PeerSilent, $"{Peer} has stopped answering");
            return true;
        }
        if (!Emit(TcpFlags.Ack, _sender.Max - 1, now)) return false;
        _keepAliveProbes++;
        _keepAliveAt = now + KeepAliveInterval;
        if (_keepAliveProbes > 1) _path.Interface.Neighbors.Doubt(_path.NextHop, now);
        return true;
    }

    /// <summary>Sends everything that may be sent now. State changes only after the card has taken the
    /// segment.</summary>
    private bool Output(Instant now)
    {
        if (State == TcpState.SynSent) return OutputSyn(now);
        bool hasSent = false;
        _isBlocked = false;
        while (!_isBlocked && _sender.TrySelect(out TcpPiece piece))
        {
            _isBlocked = !EmitPiece(piece, now);
            if (_isBlocked) break;
            _sender.Sent(piece, now);
            _receiver.AckSent();
            hasSent = true;
        }
        if (!_isBlocked && (_receiver.IsAckDue || _receiver.IsAckUrgent))
        {
            _isBlocked = !Emit(TcpFlags.Ack, _sender.Max, now);
            if (!_isBlocked) _receiver.AckSent();
            hasSent |= !_isBlocked;
        }
        _sender.ArmPersist(now);
        return hasSent;
    }

    private bool OutputSyn(Instant now)
    {
        if (_sender.RetransmitAt != Instant.Never) return false;
        var header = new TcpHeader
        {
            SourcePort = LocalPort, TargetPort = RemotePort, Sequence = _iss, Flags = TcpFlags.Syn,
            Window = (ushort)SynWindowBytes,
            Options = new TcpOptions
            {
                MaxSegmentBytes = (ushort)MssOfLink, WindowScale = WindowShift, SackPermitted = true,
            },
        };
        _isBlocked = !_layer.Emit(_path, header, _sender, default, now);
        if (!_isBlocked) _sender.SynSent(now);
        return !_isBlocked;
    }

    private bool EmitPiece(in TcpPiece piece, Instant now)
    {
        TcpFlags flags = TcpFlags.Ack;
        if (piece.IsLast && piece.LengthBytes > 0) flags |= TcpFlags.Psh;
        if (piece.HasFin) flags |= TcpFlags.Fin;
        return _layer.Emit(_path, Header(flags, piece.Start), _sender, piece, now);
    }

    /// <summary>A segment without data.</summary>
    private bool Emit(TcpFlags flags, SeqNumber sequence, Instant now)
    {
        TcpHeader header = Header(flags, sequence);
        if (_peerTakesSack && _receiver.HasHole)
        {
            TcpOptions options = default;
            _receiver.ReportRanges(ref options);
            header = Header(flags, sequence, options);
        }
        return _layer.Emit(_path, header, _sender, default, now);
    }

    private TcpHeader Header(TcpFlags flags, SeqNumber sequence, in TcpOptions options = default) => new()
    {
        SourcePort = LocalPort, TargetPort = RemotePort, Sequence = sequence, Acknowledgement = _receiver.Next,
        Flags = flags, Window = _receiver.TakeWindowField(_layer.WindowShareBytes(_path.Interface)), Options = options,
    };

    private void SendReset(Instant now) => Emit(TcpFlags.Rst | TcpFlags.Ack, _sender.Max, now);

    /// <summary>The window of our SYN. Later ones only grow from it.</summary>
    private int SynWindowBytes => Math.Min(_layer.WindowShareBytes(_path.Interface), ushort.MaxValue);

    private int MssOfLink => _path.Interface.MtuBytes - HeaderBytes;

    private int ClampMss(ushort? offered) => Math.Min(Math.Max((int)(offered ?? MssDefault), MssMin), MssOfLink);
}
