using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Transfer;

/// <summary>One transfer of a TFTP server by the book, without I/O: RFC 1350 with the options, windows by RFC
/// 7440.</summary>
public sealed class ModelTftpServer(byte[] file)
{
    private static readonly Duration Timeout = Duration.FromSeconds(1);

    private int _blockBytes = 512;
    private int _windowBlocks = 1;
    private bool _isStarted, _isOptionAckOpen;
    private ulong _acked;    // last block acknowledged
    private ulong _sent;     // last block sent
    private Instant _repeatAt = Instant.Never;
    private byte[] _optionAck = [];

    /// <summary>Knows blksize and tsize; else the options are ignored.</summary>
    public bool KnowsOptions { get; init; } = true;

    /// <summary>Largest window granted; 1: does not know the option.</summary>
    public int WindowBlocksMax { get; init; } = 64;

    /// <summary>Answers a request with options by error 8.</summary>
    public bool RefusesOptions { get; init; }

    /// <summary>Goes on with block 1 after 65535.</summary>
    public bool SkipsZero { get; init; }

    /// <summary>Sends a block again for every ACK, also for one seen before: the sorcerer's apprentice.</summary>
    public bool IsApprentice { get; init; }

    /// <summary>Hears requests and does not answer.</summary>
    public bool IsMute { get; init; }

    /// <summary>The name asked for.</summary>
    public string Asked { get; private set; } = "";

    /// <summary>Everything has been acknowledged.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The client has sent an ERROR.</summary>
    public TftpErrorCode? Aborted { get; private set; }

    public int SentCount { get; private set; }

    private ulong LastBlock => (ulong)file.Length / (ulong)_blockBytes + 1;

    public Instant NextDeadline => IsDone || Aborted is not null ? Instant.Never : _repeatAt;

    public IEnumerable<byte[]> Handle(byte[] datagram, Instant now)
    {
        List<byte[]> replies = [];
        if (!TftpView.TryRead(datagram, out TftpView packet, out _)) return replies;
        if (packet.Opcode == TftpOpcode.Error) Aborted = packet.ErrorCode;
        else if (packet.Opcode == TftpOpcode.ReadRequest && !_isStarted) Start(packet, now, replies);
        else if (packet.Opcode == TftpOpcode.Ack && _isStarted) Acknowledge(packet.Block, now, replies);
        SentCount += replies.Count;
        return replies;
    }

    public IEnumerable<byte[]> Poll(Instant now)
    {
        List<byte[]> replies = [];
        if (now >= NextDeadline)
        {
            if (_isOptionAckOpen) replies.Add(_optionAck);
            else SendWindow(replies);
            _repeatAt = now + Timeout;
        }
        SentCount += replies.Count;
        return replies;
    }

    private void Start(in TftpView request, Instant now, List<byte[]> replies)
    {
        if (IsMute) return;
        Asked = Encoding.UTF8.GetString(request.FileName);
        TftpOptions asked = request.Options;
        if (RefusesOptions && asked.BlockBytes is not null)
        {
            replies.Add(Emit(target => TftpMessage.EmitError(target, TftpErrorCode.OptionsRefused, "no options")));
            return;
        }
        _isStarted = true;
        _repeatAt = now + Timeout;
        if (!KnowsOptions || asked.BlockBytes is null)
        {
            SendWindow(replies);
            return;
        }
        _blockBytes = asked.BlockBytes.Value;
        if (asked.WindowBlocks is { } window && WindowBlocksMax > 1) _windowBlocks = Math.Min(window, WindowBlocksMax);
        var granted = new TftpOptions
        {
            BlockBytes = _blockBytes,
            FileBytes = (ulong)file.Length,
            WindowBlocks = _windowBlocks > 1 ? _windowBlocks : null,
        };
        _optionAck = Emit(target => TftpMessage.EmitOptionAck(target, granted));
        _isOptionAckOpen = true;
        replies.Add(_optionAck);
    }

    private void Acknowledge(ushort wire, Instant now, List<byte[]> replies)
    {
        for (ulong block = _acked; block <= _sent; block++)
        {
            if (ToWire(block) != wire
                || (wire == 0 && block == 0 && !_isOptionAckOpen && _sent > 0 && _windowBlocks == 1 && !IsApprentice))
                continue;
            bool isNew = block > _acked || _isOptionAckOpen;
            if (!isNew && _windowBlocks == 1 && !IsApprentice) return;
            _isOptionAckOpen = false;
            _acked = block;
            if (_acked == LastBlock)
            {
                IsDone = true;
                return;
            }
            SendWindow(replies);
            _repeatAt = now + Timeout;
            return;
        }
        if (IsApprentice && wire != 0 && ToWire(_acked) - wire is > 0 and < 3)
            replies.Add(Data((ulong)wire + 1));
    }

    private void SendWindow(List<byte[]> replies)
    {
        for (ulong block = _acked + 1; block <= _acked + (ulong)_windowBlocks && block <= LastBlock; block++)
        {
            replies.Add(Data(block));
            _sent = Math.Max(_sent, block);
        }
    }

    private byte[] Data(ulong block)
    {
        int offset = (int)(block - 1) * _blockBytes;
        byte[] packet = new byte[4 + Math.Min(_blockBytes, file.Length - offset)];
        TftpMessage.EmitDataHeader(packet, ToWire(block));
        file.AsSpan(offset, packet.Length - 4).CopyTo(packet.AsSpan(4));
        return packet;
    }

    private ushort ToWire(ulong block) => SkipsZero && block > 0 ? (ushort)((block - 1) % 65_535 + 1) : (ushort)block;

    private static byte[] Emit(Func<byte[], int> write)
    {
        byte[] packet = new byte[512];
        return packet[..write(packet)];
    }
}
