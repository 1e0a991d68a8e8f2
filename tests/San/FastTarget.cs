using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Sim;
using Bootlace.Wire;

namespace Bootlace.Tests.San;

/// <summary>A stream to a target that answers without allocating anything: the login is a <see
/// cref="ModelIscsiConnection"/>'s, but once it is <see cref="IsFast"/> every read gets zeros and every write is taken,
/// its data in immediate and unsolicited PDUs.</summary>
internal sealed class FastTarget(Pump pump, ModelIscsiConnection connection) : IByteStream, IPolled
{
    private const int SegmentBytes = 65_536, RingBytes = 4 << 20;

    private readonly byte[] _ring = new byte[RingBytes];
    private readonly PendingOperation<int> _fill = new(pump);
    private readonly byte[] _header = new byte[PduHeader.Bytes];
    private readonly byte[] _request = new byte[PduHeader.Bytes];
    private long _readAt, _writtenAt;
    private Memory<byte> _target;
    private int _requestBytes, _skipBytes;
    private uint _statSn;
    private SeqNumber _expCmdSn;

    public bool IsFast { get; set; }

    public Instant NextDeadline => Instant.Never;

    public bool Poll(Instant now) => TryFill();

    public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop) => FillAsync(target, stop);

    public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop)
    {
        _target = target;
        return _fill.Start(stop);   // always a wait, as with a card that brings one frame a turn
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
    {
        if (!IsFast) Put(connection.Feed(source.Span));
        else Take(source.Span);
        return default;
    }

    public void Close() { }

    public void Abort() { }

    private bool TryFill()
    {
        if (!_fill.IsPending || _writtenAt - _readAt < _target.Length) return false;
        for (int i = 0; i < _target.Length;)
        {
            int at = (int)(_readAt % RingBytes), count = Math.Min(_target.Length - i, RingBytes - at);
            _ring.AsSpan(at, count).CopyTo(_target.Span[i..]);
            i += count;
            _readAt += count;
        }
        _fill.Complete(_target.Length);
        return true;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int skip = Math.Min(_skipBytes, bytes.Length);
            _skipBytes -= skip;
            bytes = bytes[skip..];
            if (_skipBytes == 0 && _requestBytes == PduHeader.Bytes) Answer();
            int count = Math.Min(bytes.Length, PduHeader.Bytes - _requestBytes);
            bytes[..count].CopyTo(_request.AsSpan(_requestBytes));
            _requestBytes += count;
            bytes = bytes[count..];
            if (_requestBytes < PduHeader.Bytes) return;
            PduHeader.TryRead(_request, out PduHeader header, out _);
            _skipBytes = header.DataBytesPadded;
            if (_skipBytes == 0) Answer();
        }
    }

    private void Answer()
    {
        _requestBytes = 0;
        PduHeader.TryRead(_request, out PduHeader request, out _);
        uint expStatSn = BigEndian.ReadU32(_request, 28);
        if (_statSn == 0) _statSn = expStatSn;
        if (request.Opcode == IscsiOpcode.ScsiCommand) _expCmdSn = new SeqNumber(BigEndian.ReadU32(_request, 24)) + 1;
        if (request.Opcode == IscsiOpcode.ScsiCommand && (request.Flags & 0x40) != 0) AnswerRead(request.InitiatorTag);
        else if ((request.Flags & 0x80) != 0) AnswerWrite(request.InitiatorTag);
    }

    private void AnswerRead(uint tag)
    {
        int total = (int)BigEndian.ReadU32(_request, 20);
        for (int at = 0, number = 0; at < total; number++)
        {
            int bytes = Math.Min(SegmentBytes, total - at);
            bool isLast = at + bytes == total;
            new DataInPdu
            {
                IsFinal = isLast, HasStatus = isLast, InitiatorTag = tag, TargetTag = PduHeader.NoTag,
                DataSn = (uint)number, BufferOffset = (uint)at, DataBytes = bytes,
                Sequence = Numbers(isLast),
            }.Emit(_header);
            Put(_header);
            _writtenAt += bytes;   // whatever is there
            at += bytes;
        }
    }

    private void AnswerWrite(uint tag)
    {
        new ScsiResponsePdu { InitiatorTag = tag, Sequence = Numbers(true) }.Emit(_header);
        Put(_header);
    }

    /// <summary>A window that is always open.</summary>
    private TargetSequence Numbers(bool usesOne) =>
        new TargetSequence(new SeqNumber(usesOne ? _statSn++ : _statSn), _expCmdSn, _expCmdSn + 100);

    private void Put(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++) _ring[_writtenAt++ % RingBytes] = bytes[i];
    }
}
