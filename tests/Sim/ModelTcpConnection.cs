using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>One connection of a <see cref="ModelTcpServer"/>.</summary>
internal sealed class ModelTcpConnection
{
    private const int MssBytes = 1460, FlightBytesMax = 256 * 1024;

    private readonly ushort _port, _clientPort;
    private readonly Ipv4Address _client;
    private readonly Func<byte[], byte[]?> _respond;
    private readonly bool _keepsAlive;
    private readonly SeqNumber _first;     // sequence number of the first byte of text
    private readonly byte _shift;
    private readonly List<byte> _request = [];
    private readonly List<byte> _text = [];
    private readonly int _mssBytes;   // what the client can take
    private SeqNumber _una, _next, _max, _expected;
    private long _window;
    private int _flight = 10 * MssBytes;
    private int _duplicates;
    private bool _isAccepted, _hasClosed, _peerHasClosed;
    private Duration _timeout = Duration.FromMilliseconds(300);

    public ModelTcpConnection(
        ushort port, Ipv4Address client, in TcpView syn, in TcpOptions options, SeqNumber iss,
        Func<byte[], byte[]?> respond, bool keepsAlive)
    {
        (_port, _client, _clientPort) = (port, client, syn.SourcePort);
        (_respond, _keepsAlive) = (respond, keepsAlive);
        _shift = options.WindowScale ?? 0;
        _mssBytes = Math.Min(MssBytes, (int)(options.MaxSegmentBytes ?? MssBytes));
        _window = syn.Window;
        _una = iss;
        _first = _next = _max = iss + 1;
        _expected = syn.Sequence + 1;
    }

    /// <summary>What answers, if there is more to it than one response after the other.</summary>
    public IModelConversation? Conversation { get; init; }

    /// <summary>When <see cref="Poll"/> is due.</summary>
    public Instant NextDeadline => Instant.Earlier(RetransmitAt, Conversation?.NextDeadline ?? Instant.Never);

    public Instant RetransmitAt { get; private set; } = Instant.Never;
    public int Retransmissions { get; private set; }
    public bool IsOver { get; private set; }

    /// <summary>Bytes of text the client is known to have.</summary>
    public int AcknowledgedBytes => Math.Max(0, Math.Min(_una - _first, _text.Count));

    private SeqNumber End => _first + _text.Count + (_hasClosed ? 1 : 0);

    public void Handle(ModelHost host, in TcpView segment)
    {
        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            IsOver = segment.Sequence == _expected;
            return;
        }
        if ((segment.Flags & TcpFlags.Syn) != 0)
        {
            SendSynAck(host);
            return;
        }
        if ((segment.Flags & TcpFlags.Ack) == 0) return;
        TakeAck(segment, host.Now);
        TakeText(host, segment);
        if (_hasClosed && _peerHasClosed && _una == End) IsOver = true;
    }

    public void Poll(ModelHost host)
    {
        if (RetransmitAt <= host.Now)
        {
            if (!_isAccepted) SendSynAck(host);
            _next = SeqNumber.Later(_una, _first);
            _flight = 2 * MssBytes;
            _timeout = Duration.FromMicroseconds(Math.Min(2 * _timeout.Microseconds, 5_000_000));
            RetransmitAt = host.Now + _timeout;
            if (_window == 0 && _isAccepted && _next < End) SendPiece(host, 1);
        }
        if (!_isAccepted) return;
        if (Conversation is not null && !_hasClosed)
        {
            Conversation.Poll(host.Now);
            _text.AddRange(Conversation.TakeOutgoing());
            _hasClosed = Conversation.IsClosed;
        }
        while (_next < End)
        {
            int room = (int)Math.Min(_window, _flight) - (_next - _una);
            if (room <= 0 && !(_window > 0 && _next == _una)) break;
            SendPiece(host, Math.Max(1, Math.Min(room, _mssBytes)));
        }
        if (_una < End && RetransmitAt == Instant.Never) RetransmitAt = host.Now + _timeout;
    }

    public void Reset(ModelHost host) => Send(host, TcpFlags.Rst, _next, []);

    private void TakeAck(in TcpView segment, Instant now)
    {
        SeqNumber ack = segment.Acknowledgement;
        if (ack > _max && ack > _first || ack < _una) return;
        _isAccepted |= ack >= _first;
        long window = (long)segment.Window << _shift;
        if (ack == _una && window == _window && segment.SequenceLength == 0 && _una < _max && ++_duplicates == 3)
        {
            _next = SeqNumber.Later(_una, _first);
            _flight = Math.Max(2 * MssBytes, _flight / 2);
        }
        _window = window;
        if (ack <= _una) return;
        _flight = Math.Min(_flight + MssBytes, FlightBytesMax);
        _una = ack;
        _duplicates = 0;
        if (_next < _una) _next = _una;
        _timeout = Duration.FromMilliseconds(300);
        RetransmitAt = _una == End ? Instant.Never : now + _timeout;
    }

    private void TakeText(ModelHost host, in TcpView segment)
    {
        bool hasFin = (segment.Flags & TcpFlags.Fin) != 0;
        bool isKeepAlive = segment.Sequence != _expected;
        if (segment.Payload.Length == 0 && !hasFin && !isKeepAlive) return;
        int old = _expected - segment.Sequence;
        if (old >= 0 && old <= segment.Payload.Length && !_peerHasClosed)
        {
            _request.AddRange(segment.Payload[old..]);
            _expected += segment.Payload.Length - old;
            if (hasFin)
            {
                _peerHasClosed = _hasClosed = true;
                _expected += 1;
            }
            Respond();
        }
        Send(host, TcpFlags.Ack, _max, []);
    }

    private void Respond()
    {
        if (Conversation is not null)
        {
            if (!_hasClosed) _text.AddRange(Conversation.Feed([.. _request]));
            _request.Clear();
            _hasClosed |= Conversation.IsClosed;
            return;
        }
        while (!_hasClosed && _request.Count > 0 && _respond([.. _request]) is { } response)
        {
            _request.Clear();
            _text.AddRange(response);
            _hasClosed = !_keepsAlive;
        }
    }

    private void SendSynAck(ModelHost host)
    {
        var options = new TcpOptions { MaxSegmentBytes = MssBytes, WindowScale = 3, SackPermitted = true };
        Send(host, TcpFlags.Syn | TcpFlags.Ack, _first - 1, [], options);
        if (RetransmitAt == Instant.Never) RetransmitAt = host.Now + _timeout;
    }

    private void SendPiece(ModelHost host, int bytesMax)
    {
        int offset = _next - _first;
        int count = Math.Min(bytesMax, _text.Count - offset);
        bool hasFin = _hasClosed && offset + count == _text.Count;
        TcpFlags flags = hasFin ? TcpFlags.Ack | TcpFlags.Fin : TcpFlags.Ack;
        Send(host, flags, _next, count > 0 ? _text.GetRange(offset, count).ToArray() : []);
        if (_next < _max) Retransmissions++;
        _next += count + (hasFin ? 1 : 0);
        _max = SeqNumber.Later(_max, _next);
    }

    private void Send(ModelHost host, TcpFlags flags, SeqNumber sequence, byte[] text, in TcpOptions options = default)
    {
        var header = new TcpHeader
        {
            SourcePort = _port, TargetPort = _clientPort, Sequence = sequence, Acknowledgement = _expected,
            Flags = flags, Window = 8192, Options = options,
        };
        byte[] segment = new byte[header.Bytes + text.Length];
        text.CopyTo(segment, header.Bytes);
        header.Emit(segment, host.Address, _client);
        host.Send(_client, IpProtocol.Tcp, segment);
    }
}
