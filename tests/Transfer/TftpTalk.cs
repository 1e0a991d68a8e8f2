using System;
using System.Linq;
using System.Text;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>A TFTP receiver in conversation with the test: what is sent and what comes back, in words.</summary>
public class TftpTalk
{
    private protected static readonly IpAddress Server = new Ipv4Address(0x0a000001);
    private protected static readonly IpAddress Other = new Ipv4Address(0x0a000002);
    private protected const ushort Port = 2000;

    private protected readonly MemoryBody Body = new();
    private protected readonly byte[] Reply = new byte[TftpReceiver.PacketBytesMax];
    private protected Instant Now = new(1_000_000);
    private protected TftpReceiver Receiver;

    public TftpTalk() => Receiver = Create(new TftpWishes(8, 1));

    private protected TftpReceiver Create(TftpWishes wishes, string file = "f") =>
        new(file, wishes, new TftpTuning(), Body, Body, "10.0.0.1");

    private protected string Start(TftpWishes wishes, string file = "f")
    {
        Receiver = Create(wishes, file);
        return Say(Reply.AsSpan(0, Receiver.Start(Now, Reply)));
    }

    private protected string Send(byte[] packet, IpAddress? from = null, ushort port = Port) =>
        Say(Reply.AsSpan(0, Receiver.Handle(packet, from ?? Server, port, Now, Reply)));

    private protected string Data(int block, string text, ushort port = Port) =>
        Send([0, 3, (byte)(block >> 8), (byte)block, .. Bytes(text)], port: port);

    private protected string OptionAck(params string[] options) =>
        Send([0, 6, .. Bytes(string.Concat(options.Select(text => text + "\0")))]);

    private protected string After(int milliseconds)
    {
        Now += Duration.FromMilliseconds(milliseconds);
        return Say(Reply.AsSpan(0, Receiver.Poll(Now, Reply)));
    }

    private protected FailureKind Fails(Action action) => Assert.Throws<BootFailure>(action).Kind;

    private protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private protected static string Say(ReadOnlySpan<byte> packet)
    {
        if (packet.Length == 0) return "";
        int number = packet.Length >= 4 ? packet[2] << 8 | packet[3] : 0;
        return packet[1] switch
        {
            1 => "RRQ " + Encoding.Latin1.GetString(packet[2..]).Replace('\0', '|'),
            4 => $"ACK {number}",
            5 => $"ERROR {number}",
            _ => "?",
        };
    }

    private protected string Text => Encoding.Latin1.GetString(Body.Bytes);
}
