using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>One connection of a <see cref="ModelIscsiTarget"/>: takes bytes, gives bytes.</summary>
public sealed partial class ModelIscsiConnection(ModelIscsiTarget target)
{
    private readonly List<byte> _incoming = [];
    private readonly List<byte> _outgoing = [];
    private SeqNumber _statSn = new(0xffff_fffe);   // wraps soon
    private SeqNumber _expCmdSn, _maxCmdSn;

    /// <summary>The target has closed it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The login is over.</summary>
    public bool IsFullFeature { get; private set; }

    public bool HasHeaderDigest { get; private set; }
    public bool HasDataDigest { get; private set; }

    /// <summary>Takes what has arrived, in pieces of whatever size, and returns what goes back.</summary>
    public byte[] Feed(ReadOnlySpan<byte> bytes)
    {
        _incoming.AddRange(bytes);
        while (!IsClosed && TryTakePdu(out byte[] header, out byte[] data)) Handle(header, data);
        return TakeOutgoing();
    }

    /// <summary>What is to be sent without having been asked for.</summary>
    public byte[] TakeOutgoing()
    {
        byte[] outgoing = [.. _outgoing];
        _outgoing.Clear();
        return outgoing;
    }

    /// <summary>The CRC-32C of RFC 7143 by its definition, bit by bit, as it stands on the wire.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xffff_ffff;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f6_3b78 : crc >> 1;
        }
        return BitConverter.GetBytes(~crc);   // least significant byte first
    }

    private TargetSequence Numbers(bool usesOne)
    {
        var numbers = new TargetSequence(_statSn, _expCmdSn, _expCmdSn + (target.WindowCommands - 1));
        if (usesOne) _statSn += 1;
        if (numbers.MaxCmdSn > _maxCmdSn || !IsFullFeature) _maxCmdSn = numbers.MaxCmdSn;
        return numbers;
    }

    private bool TryTakePdu(out byte[] header, out byte[] data)
    {
        header = data = [];
        if (_incoming.Count < PduHeader.Bytes) return false;
        byte[] bytes = [.. _incoming];
        PduHeader.TryRead(bytes, out PduHeader view, out _);
        int dataAt = PduHeader.Bytes + view.AhsBytes + (HasHeaderDigest ? PduHeader.DigestBytes : 0);
        int end = dataAt + view.DataBytesPadded + (HasDataDigest && view.DataBytes > 0 ? PduHeader.DigestBytes : 0);
        if (bytes.Length < end) return false;
        int digestAt = PduHeader.Bytes + view.AhsBytes, padAt = dataAt + view.DataBytes;
        ReadOnlySpan<byte> padded = bytes.AsSpan(dataAt, view.DataBytesPadded);
        if (HasHeaderDigest)
            Demand(Ends(bytes.AsSpan(0, dataAt), Digest(bytes.AsSpan(0, digestAt))), "the header's digest");
        if (HasDataDigest && view.DataBytes > 0)
            Demand(Ends(bytes.AsSpan(0, end), Digest(padded)), "the data's digest");
        Demand(padded[view.DataBytes..].IndexOfAnyExcept((byte)0) < 0, "padding of zeros");
        header = bytes[..PduHeader.Bytes];
        data = bytes[dataAt..padAt];
        _incoming.RemoveRange(0, end);
        return true;
    }

    private void Handle(byte[] header, byte[] data)
    {
        byte opcode = (byte)(header[0] & 0x3f);
        if (!IsFullFeature)
        {
            Demand(opcode == IscsiOpcode.LoginRequest, "a login request");
            HandleLogin(header, data);
        }
        else if (opcode == IscsiOpcode.TextRequest) HandleText(header, data);
        else if (opcode == IscsiOpcode.LogoutRequest) HandleLogout(header);
        else if (opcode == IscsiOpcode.NopOut && TakePong(header)) return;
        else if (!HandleFullFeature(opcode, header, data)) throw new InvalidOperationException($"opcode {opcode:x2}");
    }

    /// <summary>Queues a PDU; the header's data length is put right.</summary>
    private void Send(byte[] header, ReadOnlySpan<byte> data)
    {
        header[5] = (byte)(data.Length >> 16);
        header[6] = (byte)(data.Length >> 8);
        header[7] = (byte)data.Length;
        _outgoing.AddRange(header);
        if (HasHeaderDigest) _outgoing.AddRange(Digest(header));
        if (data.Length == 0) return;
        byte[] padded = new byte[PduHeader.Padded(data.Length)];
        data.CopyTo(padded);
        _outgoing.AddRange(padded);
        if (HasDataDigest) _outgoing.AddRange(Digest(padded));
    }

    private static bool Ends(ReadOnlySpan<byte> bytes, byte[] digest) => bytes.EndsWith(digest);

    private static void Demand(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"the model target expected {what}");
    }
}
