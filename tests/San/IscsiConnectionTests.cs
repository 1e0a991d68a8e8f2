using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Sim;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.San;

/// <summary>Protects the framing of PDUs: header, additional segments, data, padding and both digests, at every split,
/// and nothing left over for the collector.</summary>
public class IscsiConnectionTests
{
    private static readonly bool[] OffAndOn = [false, true];

    [Fact]
    public async Task PdusAreReadAtEverySplitWithAndWithoutDigests()
    {
        foreach ((bool header, bool data) in Digests())
        {
            byte[] stream = [.. Pdu(0x21, [], 0, header, data), .. Pdu(0x25, Bytes(13), 0, header, data),
                .. Pdu(0x25, Bytes(16), 2, header, data), .. Pdu(0x3f, Bytes(1), 255, header, data)];
            for (int piece = 1; piece <= 200; piece++)
            {
                var connection = new IscsiConnection(new ScriptedStream(stream, piece));
                connection.UseDigests(header, data);
                Assert.Equal("21: 25:000102030405060708090a0b0c 25:000102030405060708090a0b0c0d0e0f 3f:00",
                    await DescribeAsync(connection, dataPieceBytesMax: piece));
            }
        }
    }

    [Fact]
    public async Task DataThatNobodyReadsIsSkippedAndItsDigestCheckedAllTheSame()
    {
        byte[] stream = [.. Pdu(0x25, Bytes(5_000), 0, true, true), .. Pdu(0x21, Bytes(2), 0, true, true)];
        var connection = new IscsiConnection(new ScriptedStream(stream));
        connection.UseDigests(true, true);
        Assert.True(await connection.ReadHeaderAsync(default));
        await connection.ReadDataAsync(new byte[3], default);
        Assert.Equal(4_997, connection.UnreadDataBytes);
        Assert.True(await connection.ReadHeaderAsync(default));
        Assert.Equal(0x21, connection.Header[0]);

        stream[100] ^= 1;
        connection = new IscsiConnection(new ScriptedStream(stream));
        connection.UseDigests(true, true);
        Assert.True(await connection.ReadHeaderAsync(default));
        await FailsAsync(SanFailure.DigestMismatch, connection.ReadHeaderAsync(default).AsTask());
    }

    [Fact]
    public async Task AConnectionClosedBetweenPdusIsTheEndAndInsideOneAFailure()
    {
        byte[] pdu = Pdu(0x25, Bytes(6), 1, true, true);
        for (int length = 0; length < pdu.Length; length++)
        {
            var connection = new IscsiConnection(new ScriptedStream(pdu[..length]));
            connection.UseDigests(true, true);
            if (length == 0) Assert.False(await connection.ReadHeaderAsync(default));
            else await FailsAsync(SanFailure.ConnectionClosed, DescribeAsync(connection, 4));
        }
    }

    [Fact]
    public async Task K9_EverySingleBitWrongInHeaderOrDataIsFoundByTheDigests()
    {
        byte[] pdu = Pdu(0x25, Bytes(6), 1, true, true);
        for (int bit = 0; bit < 8 * pdu.Length; bit++)
        {
            byte[] wrong = [.. pdu, .. new byte[2_000]];   // a longer length would find more bytes
            wrong[bit / 8] ^= (byte)(1 << bit % 8);
            var connection = new IscsiConnection(new ScriptedStream(wrong));
            connection.UseDigests(true, true);
            await FailsAsync(SanFailure.DigestMismatch, DescribeAsync(connection, 4));
        }
    }

    [Fact]
    public async Task K9_AdditionalHeaderSegmentsOf1020BytesArePassedOver()
    {
        byte[] stream = [.. Pdu(0x21, Bytes(3), 255, false, false), .. Pdu(0x20, [], 0, false, false)];
        Assert.Equal("21:000102 20:", await DescribeAsync(new IscsiConnection(new ScriptedStream(stream)), 4));
    }

    [Fact]
    public async Task K9_ADataSegmentLongerThanDeclaredIsRefusedBeforeItIsRead()
    {
        byte[] pdu = Pdu(0x25, [], 0, false, false);
        (pdu[5], pdu[6], pdu[7]) = (0xff, 0xff, 0xff);
        var stream = new ScriptedStream([.. pdu, .. new byte[100]]);
        await FailsAsync(SanFailure.ProtocolError, new IscsiConnection(stream).ReadHeaderAsync(default).AsTask());
        Assert.Equal(100, stream.BytesLeft);
        (pdu[5], pdu[6], pdu[7]) = (0, 0x20, 1);   // 8193
        await FailsAsync(SanFailure.ProtocolError,
            new IscsiConnection(new ScriptedStream(pdu)).ReadHeaderAsync(default).AsTask());
        var connection = new IscsiConnection(new ScriptedStream(pdu)) { ReceiveSegmentBytesMax = 8_193 };
        Assert.True(await connection.ReadHeaderAsync(default));
        Assert.Equal(8_193, connection.UnreadDataBytes);
    }

    [Fact]
    public async Task WhatIsWrittenIsWhatAnotherImplementationFrames()
    {
        foreach ((bool header, bool data) in Digests())
        {
            for (int length = 0; length < 9; length++)
            {
                var stream = new ScriptedStream([]);
                var connection = new IscsiConnection(stream);
                connection.UseDigests(header, data);
                byte[] pdu = Pdu(0x05, Bytes(length), 0, header, data);
                await connection.WriteAsync(pdu.AsMemory(0, 48), Bytes(length), default);
                Assert.Equal(pdu, stream.Sent);
            }
        }
    }

    /// <summary>A debug build makes the state of each async method an object, of some hundred bytes; nothing else may
    /// be left behind, least of all buffers.</summary>
    [Fact]
    public void InSteadyStateNothingIsAllocated()
    {
        const int Rounds = 2_000, StateBytesMax = 1_500;
        byte[] pdu = Pdu(0x25, Bytes(4_096), 0, true, true);
        byte[] stream = [.. Enumerable.Repeat(pdu, 2 * Rounds).SelectMany(bytes => bytes)];
        var sink = new NullSink(stream);
        var connection = new IscsiConnection(sink);
        connection.UseDigests(true, true);
        byte[] target = new byte[4_096], header = pdu[..48];
        Transfer(Rounds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Transfer(Rounds);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < StateBytesMax * Rounds);

        void Transfer(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                Assert.True(connection.ReadHeaderAsync(default).Result);
                connection.ReadDataAsync(target, default).GetAwaiter().GetResult();
                connection.WriteAsync(header, target, default).GetAwaiter().GetResult();
            }
        }
    }

    private static IEnumerable<(bool Header, bool Data)> Digests() =>
        OffAndOn.SelectMany(header => OffAndOn.Select(data => (header, data)));

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    /// <summary>A PDU put together by hand.</summary>
    private static byte[] Pdu(byte opcode, byte[] data, byte ahsWords, bool headerDigest, bool dataDigest)
    {
        byte[] header = new byte[48 + 4 * ahsWords];
        (header[0], header[4]) = (opcode, ahsWords);
        (header[5], header[6], header[7]) = (0, (byte)(data.Length >> 8), (byte)data.Length);
        byte[] padded = [.. data, .. new byte[(4 - data.Length % 4) % 4]];
        return [.. header, .. headerDigest ? ModelIscsiConnection.Digest(header) : [],
            .. padded, .. dataDigest && data.Length > 0 ? ModelIscsiConnection.Digest(padded) : []];
    }

    private static async Task<string> DescribeAsync(IscsiConnection connection, int dataPieceBytesMax)
    {
        var pdus = new List<string>();
        while (await connection.ReadHeaderAsync(default))
        {
            byte opcode = connection.Header[0];
            var data = new List<byte>();
            while (connection.UnreadDataBytes > 0)
            {
                byte[] piece = new byte[Math.Min(connection.UnreadDataBytes, dataPieceBytesMax)];
                await connection.ReadDataAsync(piece, default);
                data.AddRange(piece);
            }
            pdus.Add($"{opcode:x2}:{Convert.ToHexStringLower(data.ToArray())}");
        }
        return string.Join(' ', pdus);
    }

    private static async Task FailsAsync(FailureKind kind, Task task) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<BootFailure>(() => task)).Kind);

    /// <summary>Gives bytes and forgets what is sent.</summary>
    private sealed class NullSink(byte[] incoming) : IByteStream
    {
        private int _at;

        public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop)
        {
            incoming.AsMemory(_at, target.Length).CopyTo(target);
            _at += target.Length;
            return new ValueTask<int>(target.Length);
        }

        public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => ReadAsync(target, stop);
        public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop) => default;
        public void Close() { }
        public void Abort() { }
    }
}
