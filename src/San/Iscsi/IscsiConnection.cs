using System;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.San;

/// <summary>The PDUs of one iSCSI connection (RFC 7143 section 11.2): headers apart from data, which goes straight to
/// where it is wanted; digests and padding are added, checked and taken off here. One read and one write may be under
/// way at a time. In steady state nothing is allocated.</summary>
/// <remarks>After a failure or a cancelled call the connection is good for <see cref="Abort"/> only: it may stand in
/// the middle of a PDU.</remarks>
public sealed class IscsiConnection(IByteStream stream)
{
    /// <summary>What one piece of data is at most until the login has settled something else (RFC 7143 section
    /// 13.12).</summary>
    public const int DefaultSegmentBytesMax = 8192;

    private const int AhsOffset = 4, AhsBytesMax = 255 * 4, TailBytesMax = 3 + PduHeader.DigestBytes;

    // 48 bytes of header, then additional header segments and the digest
    private readonly byte[] _incoming = new byte[PduHeader.Bytes + AhsBytesMax + PduHeader.DigestBytes];
    private readonly byte[] _outgoing = new byte[PduHeader.Bytes + PduHeader.DigestBytes];
    private readonly byte[] _tail = new byte[TailBytesMax];
    private readonly byte[] _outgoingTail = new byte[TailBytesMax];
    private int _tailBytes;       // padding and digest behind the data being read
    private uint _dataChecksum;   // of what was read of it

    /// <summary>The longest data segment that is accepted; a longer one is a failure. Set by the login to what was
    /// declared.</summary>
    public int ReceiveSegmentBytesMax { get; set; } = DefaultSegmentBytesMax;

    /// <summary>Headers carry a CRC32C, both ways.</summary>
    public bool HasHeaderDigest { get; private set; }

    /// <summary>Data segments carry a CRC32C, both ways.</summary>
    public bool HasDataDigest { get; private set; }

    /// <summary>The 48 bytes of the last PDU's header; the next <see cref="ReadHeaderAsync"/> overwrites
    /// them.</summary>
    public ReadOnlySpan<byte> Header => _incoming.AsSpan(0, PduHeader.Bytes);

    /// <summary>How much of the last PDU's data segment has not been read yet.</summary>
    public int UnreadDataBytes { get; private set; }

    /// <summary>From the next PDU on, in both directions.</summary>
    public void UseDigests(bool header, bool data) => (HasHeaderDigest, HasDataDigest) = (header, data);

    /// <summary>Reads the next PDU up to its data: data of the last one that was not read is skipped, additional
    /// header segments are checked and dropped. False: the target has closed the connection in good order.</summary>
    /// <exception cref="BootFailure"><see cref="SanFailure.DigestMismatch"/>, <see cref="SanFailure.ProtocolError"/>
    /// for a data segment that is too long, <see cref="SanFailure.ConnectionClosed"/> in the middle of a PDU, or the
    /// stream's.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadHeaderAsync(CancellationToken stop)
    {
        while (UnreadDataBytes > 0)
            await ReadDataAsync(_incoming.AsMemory(0, Math.Min(UnreadDataBytes, _incoming.Length)), stop);
        // The header's digest is behind the additional segments, which are rare: mostly one read takes both.
        int firstBytes = PduHeader.Bytes + (HasHeaderDigest ? PduHeader.DigestBytes : 0);
        int count = await stream.FillAsync(_incoming.AsMemory(0, firstBytes), stop);
        if (count == 0) return false;
        if (count < firstBytes) await FillAsync(_incoming.AsMemory(count, firstBytes - count), stop);
        if (!HasHeaderDigest) BeginData();   // what is no target often shows it here, and sends no more
        int ahsBytes = 4 * _incoming[AhsOffset];
        if (ahsBytes > 0) await FillAsync(_incoming.AsMemory(firstBytes, ahsBytes), stop);
        if (!HasHeaderDigest) return true;
        int digestAt = PduHeader.Bytes + ahsBytes;
        CheckDigest(Crc32c.Of(_incoming.AsSpan(0, digestAt)), _incoming.AsSpan(digestAt));
        BeginData();
        return true;
    }

    /// <summary>Fills <paramref name="target"/> with the next bytes of the data segment; it may be read in as many
    /// pieces as the caller likes, but no further than <see cref="UnreadDataBytes"/>. With the last byte the padding
    /// and the digest are read and checked.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadDataAsync(Memory<byte> target, CancellationToken stop)
    {
        Check.That(target.Length <= UnreadDataBytes);
        if (target.Length == 0) return;
        await FillAsync(target, stop);
        UnreadDataBytes -= target.Length;
        if (HasDataDigest) _dataChecksum = Crc32c.Continue(_dataChecksum, target.Span);
        if (UnreadDataBytes > 0 || _tailBytes == 0) return;
        await FillAsync(_tail.AsMemory(0, _tailBytes), stop);
        if (!HasDataDigest) return;
        int padBytes = _tailBytes - PduHeader.DigestBytes;
        CheckDigest(Crc32c.Continue(_dataChecksum, _tail.AsSpan(0, padBytes)), _tail.AsSpan(padBytes));
    }

    /// <summary>Sends a PDU: 48 bytes of header, whose data length must be that of <paramref name="data"/>. Complete
    /// when the stream holds all of it, so that both may be used again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(
        ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> data, CancellationToken stop)
    {
        Check.That(header.Length == PduHeader.Bytes && header.Span[AhsOffset] == 0);
        Check.That((BigEndian.ReadU32(header.Span, AhsOffset) & PduHeader.DataBytesMax) == data.Length);
        header.CopyTo(_outgoing);
        int firstBytes = PduHeader.Bytes;
        if (HasHeaderDigest)
        {
            Crc32c.Write(_outgoing.AsSpan(firstBytes), Crc32c.Of(header.Span));
            firstBytes += PduHeader.DigestBytes;
        }
        await stream.WriteAsync(_outgoing.AsMemory(0, firstBytes), stop);
        if (data.Length == 0) return;
        await stream.WriteAsync(data, stop);
        int tailBytes = WriteTail(data.Span);
        if (tailBytes > 0) await stream.WriteAsync(_outgoingTail.AsMemory(0, tailBytes), stop);
    }

    /// <summary>Closes the connection in good order; never waits.</summary>
    public void Close() => stream.Close();

    /// <summary>Drops the connection at once.</summary>
    public void Abort() => stream.Abort();

    private static int PaddingBytes(int dataBytes) => -dataBytes & 3;

    /// <summary>The padding and the digest of outgoing data; returns their length.</summary>
    private int WriteTail(ReadOnlySpan<byte> data)
    {
        Span<byte> tail = _outgoingTail;
        int padBytes = PaddingBytes(data.Length);
        tail[..padBytes].Clear();
        if (!HasDataDigest) return padBytes;
        Crc32c.Write(tail[padBytes..], Crc32c.Continue(Crc32c.Of(data), tail[..padBytes]));
        return padBytes + PduHeader.DigestBytes;
    }

    private void BeginData()
    {
        int dataBytes = (int)(BigEndian.ReadU32(_incoming, AhsOffset) & PduHeader.DataBytesMax);
        if (dataBytes > ReceiveSegmentBytesMax)
        {
            throw new BootFailure(SanFailure.ProtocolError,
                $"The iSCSI target sent {dataBytes} bytes in one PDU, more than the {ReceiveSegmentBytesMax} allowed");
        }
        UnreadDataBytes = dataBytes;
        _tailBytes = dataBytes == 0 ? 0 : PaddingBytes(dataBytes) + (HasDataDigest ? PduHeader.DigestBytes : 0);
        _dataChecksum = Crc32c.Of([]);
    }

    private static void CheckDigest(uint checksum, ReadOnlySpan<byte> digest)
    {
        if (Crc32c.Read(digest) != checksum) throw new BootFailure(SanFailure.DigestMismatch);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync(Memory<byte> target, CancellationToken stop)
    {
        while (target.Length > 0)
        {
            int count = await stream.FillAsync(target, stop);
            if (count == 0) throw new BootFailure(SanFailure.ConnectionClosed);
            target = target[count..];
        }
    }
}
