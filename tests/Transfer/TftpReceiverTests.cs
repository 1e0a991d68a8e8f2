using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects TFTP transfers: in every order of loss, copies and swaps the file arrives whole or the failure says why;
/// nothing is sent without end.</summary>
public class TftpReceiverTests
{
    private static readonly IpAddress Server = new Ipv4Address(0x0a000001);
    private static readonly IpAddress Other = new Ipv4Address(0x0a000002);
    private const ushort Port = 2000;

    private readonly MemoryBody _body = new();
    private readonly byte[] _reply = new byte[TftpReceiver.PacketBytesMax];
    private Instant _now = new(1_000_000);
    private TftpReceiver _receiver;

    public TftpReceiverTests() => _receiver = Receiver(new TftpWishes(8, 1));

    private TftpReceiver Receiver(TftpWishes wishes, string file = "f") =>
        new(file, wishes, new TftpTuning(), _body, _body, "10.0.0.1");

    // ---- the talk: what is sent and what must come back, in words

    private string Start(TftpWishes wishes, string file = "f")
    {
        _receiver = Receiver(wishes, file);
        return Say(_reply.AsSpan(0, _receiver.Start(_now, _reply)));
    }

    private string Send(byte[] packet, IpAddress? from = null, ushort port = Port) =>
        Say(_reply.AsSpan(0, _receiver.Handle(packet, from ?? Server, port, _now, _reply)));

    private string Data(int block, string text, ushort port = Port) => Send([0, 3, (byte)(block >> 8), (byte)block, .. Bytes(text)], port: port);

    private string OptionAck(params string[] options) => Send([0, 6, .. Bytes(string.Concat(options.Select(text => text + "\0")))]);

    private string After(int milliseconds)
    {
        _now += Duration.FromMilliseconds(milliseconds);
        return Say(_reply.AsSpan(0, _receiver.Poll(_now, _reply)));
    }

    private FailureKind Fails(Action action) => Assert.Throws<BootFailure>(action).Kind;

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Say(ReadOnlySpan<byte> packet)
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

    private string Text => Encoding.Latin1.GetString(_body.Bytes);

    // ---- requests

    [Fact]
    public void TheRequestAsksForBlockSizeLengthAndWindow()
    {
        Assert.Equal("RRQ dir/f|octet|blksize|1468|tsize|0|windowsize|64|", Start(new TftpWishes(1468, 64), "dir/f"));
        Assert.Equal("RRQ f|octet|blksize|1464|tsize|0|", Start(new TftpWishes(1464, 1)));
        Assert.Equal("RRQ f|octet|", Start(TftpWishes.Plain));
    }

    [Fact]
    public void TheRequestIsRepeatedEverSlowerAndThenGivenUp()
    {
        Start(new TftpWishes(8, 1));
        Instant start = _now;
        List<long> repeats = [];
        BootFailure? failure = null;
        while (failure is null)
        {
            _now = _receiver.NextDeadline;
            try
            {
                Assert.StartsWith("RRQ ", Say(_reply.AsSpan(0, _receiver.Poll(_now, _reply))));
                repeats.Add((_now - start).Milliseconds);
            }
            catch (BootFailure caught)
            {
                failure = caught;
            }
        }
        Assert.Equal([250, 750, 1_750, 3_750, 7_750, 15_750], repeats);
        Assert.Same(TftpFailure.NoAnswer, failure.Kind);
        Assert.Equal(25_750, (_now - start).Milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("long")]
    public void F7_ANameNoRequestCanCarryIsRefused(string name)
    {
        if (name == "long") name = new string('x', 512);
        Assert.Same(TftpFailure.BadName, Fails(() => Start(new TftpWishes(1468, 64), name)));
    }

    // ---- lockstep

    [Fact]
    public void AServerWithOptionsIsFollowedBlockByBlock()
    {
        Start(new TftpWishes(8, 1));
        Assert.Equal("ACK 0", OptionAck("blksize", "8", "tsize", "10"));
        Assert.Equal(10ul, _body.Expected);
        Assert.Equal("ACK 1", Data(1, "01234567"));
        Assert.Equal("ACK 2", Data(2, "89"));
        Assert.Equal(TftpState.Done, _receiver.State);
        Assert.Equal("0123456789", Text);
        Assert.Equal((10ul, 10ul), _body.Reports[^1]);
    }

    [Fact]
    public void AServerWithoutOptionsSendsBlocksOf512()
    {
        Start(new TftpWishes(1468, 64));
        Assert.Equal("ACK 1", Data(1, new string('a', 512)));
        Assert.Equal("ACK 2", Data(2, ""));
        Assert.Equal(TftpState.Done, _receiver.State);
        Assert.Equal(512, Text.Length);
    }

    [Fact]
    public void AnEmptyFileIsOneEmptyBlock()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("tsize", "0");
        Assert.Equal("ACK 1", Data(1, ""));
        Assert.Equal(TftpState.Done, _receiver.State);
    }

    [Fact]
    public void AnOptionsAckWithoutBlockSizeMeans512()
    {
        Start(new TftpWishes(1468, 64));
        OptionAck("tsize", "513");
        Data(1, new string('a', 512));
        Assert.Equal("ACK 2", Data(2, "b"));
        Assert.Equal(TftpState.Done, _receiver.State);
    }

    [Fact]
    public void ALostBlockIsAskedForAgainByItsAck()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        Data(1, "01234567");
        Assert.Equal("ACK 1", After(50));   // the pace is known to be fast
        Assert.Equal("", After(99));
        Assert.Equal("ACK 1", After(1));
        Assert.Equal("ACK 2", Data(2, "8"));
    }

    [Fact]
    public void AnOldBlockIsAcknowledgedAgainUnlessItIsAnEcho()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        Assert.Equal("ACK 1", Data(1, "01234567"));
        Assert.Equal("", Data(1, "01234567"));
        _now += Duration.FromMilliseconds(150);
        Assert.Equal("ACK 1", Data(1, "01234567"));
        Assert.Equal("", Data(1, "01234567"));
        Assert.Equal("01234567", Text);
    }

    [Fact]
    public void ARepeatedOptionsAckIsAcknowledgedAgain()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        _now += Duration.FromSeconds(1);
        Assert.Equal("ACK 0", OptionAck("blksize", "8"));
        Data(1, "01234567");
        _now += Duration.FromSeconds(1);
        Assert.Equal("", OptionAck("blksize", "8"));
    }

    // ---- windows

    [Fact]
    public void AWindowIsAcknowledgedOnceAtItsEnd()
    {
        Start(new TftpWishes(8, 4));
        Assert.Equal("ACK 0", OptionAck("blksize", "8", "windowsize", "3"));
        Assert.Equal("", Data(1, "01234567"));
        Assert.Equal("", Data(2, "01234567"));
        Assert.Equal("ACK 3", Data(3, "01234567"));
        Assert.Equal("", Data(4, "01234567"));
        Assert.Equal("ACK 5", Data(5, "end"));
        Assert.Equal(TftpState.Done, _receiver.State);
    }

    [Fact]
    public void AGapIsReportedAtOnceAndOnlyOnce()
    {
        Start(new TftpWishes(8, 4));
        OptionAck("blksize", "8", "windowsize", "4");
        Data(1, "01234567");
        Assert.Equal("ACK 1", Data(3, "01234567"));
        Assert.Equal("", Data(4, "01234567"));
        Assert.Equal("", Data(2, "01234567"));
        Assert.Equal("", Data(3, "01234567"));
        Assert.Equal("", Data(4, "01234567"));
        Assert.Equal("ACK 5", Data(5, "01234567"));   // the window began anew behind block 1
        Assert.Equal(40, Text.Length);
    }

    [Fact]
    public void ALostEndOfAWindowIsNoticedByItsPace()
    {
        Start(new TftpWishes(8, 4));
        OptionAck("blksize", "8", "windowsize", "4");
        _now += Duration.FromMilliseconds(5);
        Data(1, "01234567");
        Data(2, "01234567");
        Assert.Equal("", After(49));
        Assert.Equal("ACK 2", After(1));
    }

    [Fact]
    public void SteadyLossMakesItAskAgainForASmallerWindow()
    {
        Start(new TftpWishes(8, 64));
        OptionAck("blksize", "8", "windowsize", "64");
        int block = 1;
        string answer = "";
        for (int i = 0; i < 10 && _receiver.State == TftpState.Receiving; i++)
        {
            Data(block++, "01234567");
            answer = Data(block + 1, "01234567");
        }
        Assert.Equal(TftpState.AskAgain, _receiver.State);
        Assert.Equal("ERROR 0", answer);
        Assert.Equal(new TftpWishes(8, 16), _receiver.NextWishes);
    }

    // ---- bad input

    [Fact]
    public void F1_ABlockFromAnotherPortOrHostIsAnsweredByError5AndNotUsed()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        Assert.Equal("ERROR 5", Data(1, "evil", port: 666));
        Assert.Equal("ERROR 5", Send([0, 3, 0, 1, 1], from: Other));
        Assert.Equal("", Send([0, 5, 0, 1, 0], port: 666));   // an ERROR is never answered, nor believed
        Assert.Equal("", Send([0, 9], port: 666));
        Assert.Equal("ACK 1", Data(1, "01234567"));
        for (int i = 0; i < 1_000; i++) Data(1, "evil", port: 666);
        Assert.Equal("", Data(1, "evil", port: 666));
        Assert.Equal("01234567", Text);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 16)]
    [InlineData(true, 16)]
    public void F2_BlockNumbersRollOverInBothStyles(bool skipsZero, int window)
    {
        byte[] file = new byte[8 * 140_000 + 3];
        new Random(3).NextBytes(file);
        var world = new TftpWorld(file, new TftpWishes(8, window), new ModelTftpServer(file) { SkipsZero = skipsZero });
        world.Run(stepsMax: 1_000_000);
        Assert.Equal(TftpState.Done, world.State);
        Assert.Equal(file, world.Body.Bytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void F2_ABlockLostRightAtTheRollOverIsNotMistakenForTheOtherStyle(bool skipsZero)
    {
        byte[] file = new byte[8 * 65_600 + 3];
        new Random(4).NextBytes(file);
        var world = new TftpWorld(file, new TftpWishes(8, 16), new ModelTftpServer(file) { SkipsZero = skipsZero });
        int losses = 0;
        world.Loses = packet => packet[1] == 3 && (packet[2] << 8 | packet[3]) == (skipsZero ? 1 : 0) && ++losses == 2;
        world.Run(stepsMax: 1_000_000);
        Assert.Equal(TftpState.Done, world.State);
        Assert.Equal(file, world.Body.Bytes);
    }

    [Fact]
    public void F2_BlockZeroAndFarBlocksAreNoise()
    {
        Start(new TftpWishes(8, 4));
        OptionAck("blksize", "8", "windowsize", "4");
        Assert.Equal("", Data(0, "evilevil"));
        foreach (int block in new[] { 5, 6, 100, 32_768, 32_769, 65_535 }) Assert.Equal("", Data(block, "evilevil"));
        Assert.Equal("", Data(1, "01234567"));
        Assert.Equal("01234567", Text);
    }

    [Fact]
    public void F2_TheSorcerersApprenticeIsNotFed()
    {
        byte[] file = new byte[8 * 50];
        var server = new ModelTftpServer(file) { IsApprentice = true };
        var world = new TftpWorld(file, new TftpWishes(8, 1), server);
        int seen = 0;
        world.Doubles = packet => packet[1] == 4 && ++seen is 5 or 9;
        world.Run(stepsMax: 5_000);
        Assert.Equal(TftpState.Done, world.State);
        Assert.InRange(server.SentCount, 52, 60);   // 51 blocks and an OACK; without care each copy doubles all that follows
    }

    [Theory]
    [InlineData("blksize", "9")]
    [InlineData("blksize", "0")]
    [InlineData("blksize", "7")]
    [InlineData("blksize", "70000")]
    [InlineData("blksize", "eight")]
    [InlineData("blksize", "")]
    [InlineData("blksize", "-8")]
    [InlineData("windowsize", "5")]
    [InlineData("windowsize", "0")]
    [InlineData("windowsize", "99999999999999999999")]
    public void F3_BadOptionsAreRefusedByError8AndAskedForAgainWithoutAny(string name, string value)
    {
        Start(new TftpWishes(8, 4));
        Assert.Equal("ERROR 8", OptionAck(name, value));
        Assert.Equal(TftpState.AskAgain, _receiver.State);
        Assert.Equal(TftpWishes.Plain, _receiver.NextWishes);
        Assert.Equal("RRQ f|octet|", Start(_receiver.NextWishes));
        Assert.Equal("", OptionAck(name, value));   // nobody asked for options now
        Assert.Equal("ACK 1", Data(1, "x"));
    }

    [Fact]
    public void F3_AnOptionWithoutValueIsRefusedToo()
    {
        Start(new TftpWishes(8, 4));
        Assert.Equal("ERROR 8", Send([0, 6, .. Bytes("blksize\0")]));
        Start(new TftpWishes(8, 4));
        Assert.Equal("ERROR 8", Send([0, 6, .. Bytes("blksize")]));
    }

    [Theory]
    [InlineData("7", true)]
    [InlineData("9", true)]
    [InlineData("0", false)]
    [InlineData("-8", false)]
    [InlineData("18446744073709551616", false)]
    [InlineData("text", false)]
    public void F3_ALyingLengthIsAFailureAndAMeaninglessOneIsIgnored(string tsize, bool isLie)
    {
        Start(new TftpWishes(8, 1));
        Assert.Equal("ACK 0", OptionAck("blksize", "8", "tsize", tsize));
        void Finish()
        {
            Data(1, "01234567");
            Data(2, "");
        }
        if (isLie) Assert.Same(TftpFailure.SizeMismatch, Fails(Finish));
        else Finish();
    }

    [Fact]
    public void F3_AnAbsurdLengthReachesTheTargetWhichMayRefuseIt()
    {
        var full = new BootFailure(new FailureKind(0x31090001, "out of memory", "none"));
        var receiver = new TftpReceiver("f", new TftpWishes(8, 1), new TftpTuning(), new MemoryBody { Refusal = full }, _body, "s");
        receiver.Start(_now, _reply);
        byte[] packet = [0, 6, .. Bytes("tsize\018446744073709551615\0")];
        Assert.Same(full, Assert.Throws<BootFailure>(() => { receiver.Handle(packet, Server, Port, _now, _reply); }));
    }

    [Theory]
    [InlineData(1, 0x2d060001u)]
    [InlineData(2, 0x02060002u)]
    [InlineData(4, 0x3d060003u)]
    [InlineData(0, 0x3c060004u)]
    [InlineData(3, 0x3c060004u)]
    [InlineData(5, 0x3c060004u)]
    [InlineData(99, 0x3c060004u)]
    public void AnErrorOfTheServerFailsWithItsOwnCode(int code, uint expected)
    {
        Start(new TftpWishes(8, 1));
        Assert.Equal(expected, Fails(() => Send([0, 5, 0, (byte)code, .. Bytes("no\0")])).Code);
        Assert.Equal(TftpState.Ended, _receiver.State);
    }

    [Fact]
    public void F5_AnErrorWithoutNulOrTextOrWithSwappedCodeIsStillOne()
    {
        Start(new TftpWishes(8, 1));
        BootFailure failure = Assert.Throws<BootFailure>(() => { Send([0, 5, 0, 1, .. Bytes("gone\x1b[31m")]); });
        Assert.Equal("TFTP 10.0.0.1 has no file 'f': gone?[31m", failure.Message);
        Start(new TftpWishes(8, 1));
        Assert.Same(TftpFailure.NotFound, Fails(() => Send([0, 5, 0, 1])));
        Start(new TftpWishes(8, 1));
        Assert.Same(TftpFailure.Refused, Fails(() => Send([0, 5, 1, 0, 0])));
        Start(new TftpWishes(8, 1));
        Assert.Same(TftpFailure.Refused, Fails(() => Send([0, 5, 0, 0, .. Bytes(new string('x', 1_000))])));
    }

    [Fact]
    public void Error8ToARequestWithOptionsMeansAskAgainWithoutAny()
    {
        Start(new TftpWishes(8, 4));
        Assert.Equal("", Send([0, 5, 0, 8, 0]));
        Assert.Equal(TftpWishes.Plain, _receiver.NextWishes);
        Start(TftpWishes.Plain);
        Assert.Same(TftpFailure.Refused, Fails(() => Send([0, 5, 0, 8, 0])));
    }

    [Fact]
    public void F6_AShortBlockInTheMiddleIsTheEndAndBelievedOnlyIfTheLengthAgrees()
    {
        Start(new TftpWishes(8, 4));
        OptionAck("blksize", "8", "windowsize", "4", "tsize", "24");
        Data(1, "01234567");
        Assert.Same(TftpFailure.SizeMismatch, Fails(() => Data(2, "89")));
    }

    [Fact]
    public void F6_ABlockLongerThanAgreedIsAFailure()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        Assert.Same(TftpFailure.Malformed, Fails(() => Data(1, "012345678")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(65_535)]
    public void F9_AnyOtherOpcodeIsNoise(int opcode)
    {
        Start(new TftpWishes(8, 1));
        byte[] packet = [(byte)(opcode >> 8), (byte)opcode, 0, 1, 0, 0];
        Assert.Equal("", Send(packet));
        OptionAck("blksize", "8");
        Assert.Equal("", Send(packet));
        Assert.Equal("ACK 1", Data(1, "01234567"));
    }

    [Fact]
    public void F10_AServerThatStopsForAMinuteAndGoesOnIsWaitedFor()
    {
        byte[] file = new byte[8 * 40 + 1];
        var world = new TftpWorld(file, new TftpWishes(8, 4), new ModelTftpServer(file));
        Instant stops = world.Now + Duration.FromMilliseconds(8);
        world.Loses = _ => world.Now > stops && world.Now < stops + Duration.FromSeconds(60);
        world.Run(stepsMax: 2_000);
        Assert.Equal(TftpState.Done, world.State);
        Assert.Equal(file, world.Body.Bytes);
    }

    [Fact]
    public void F10_AServerThatNeverGoesOnIsGivenUpWithAClearSentence()
    {
        byte[] file = new byte[8 * 40];
        var world = new TftpWorld(file, new TftpWishes(8, 1), new ModelTftpServer(file));
        Instant start = world.Now;
        world.Loses = _ => world.Body.ReceivedBytes >= 160;
        BootFailure failure = Assert.Throws<BootFailure>(() => world.Run(stepsMax: 2_000));
        Assert.Same(TftpFailure.TimedOut, failure.Kind);
        Assert.Equal("TFTP server fell silent after 160 of 320 bytes of 'f'", failure.Message);
        Assert.InRange((world.Now - start).Milliseconds, 90_000, 101_000);
    }

    // ---- exhaustive small worlds

    public static TheoryData<int, int, int, bool> Worlds => new()
    {
        // blocks, window asked, window granted, server knows options
        { 0, 1, 1, true },
        { 2, 1, 1, true },
        { 2, 4, 1, true },
        { 3, 2, 2, true },
        { 4, 4, 4, true },
        { 6, 3, 3, true },
        { 1, 4, 4, false },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public void EveryOrderOfLossCopyAndSwapEndsWithTheWholeFile(int blocks, int asked, int granted, bool knowsOptions)
    {
        const int packets = 7, choices = 4;
        int blockBytes = knowsOptions ? 8 : 512;
        byte[] file = new byte[blocks * blockBytes + 3];
        new Random(blocks).NextBytes(file);
        int worlds = (int)Math.Pow(choices, packets);
        int allLost = (worlds - 1) / (choices - 1) * (int)TftpWorld.PacketFate.Lost;
        for (int number = 0; number < worlds; number++)
        {
            if (number == allLost) continue;   // seven requests without an answer are given up
            int plan = number;
            var server = new ModelTftpServer(file) { WindowBlocksMax = granted, KnowsOptions = knowsOptions };
            var world = new TftpWorld(file, new TftpWishes(8, asked), server)
            {
                Fate = () =>
                {
                    var fate = (TftpWorld.PacketFate)(plan % choices);
                    plan /= choices;
                    return fate;
                },
            };
            world.Run(stepsMax: 400);
            Assert.True(world.State == TftpState.Done, $"world {number}: {world.State}");
            Assert.True(world.Body.Bytes.AsSpan().SequenceEqual(file), $"world {number}: other bytes");
            Assert.True(world.Elapsed < Duration.FromSeconds(30), $"world {number}: took {world.Elapsed}");
        }
    }

    [Fact]
    public void RandomPacketsNeverCrashItNorMakeItTalkWithoutEnd()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            Start(seed % 2 == 0 ? new TftpWishes(8, 4) : TftpWishes.Plain);
            int sent = 0;
            try
            {
                for (int i = 0; i < 60; i++)
                {
                    byte[] packet = new byte[random.Next(40)];
                    random.NextBytes(packet);
                    if (packet.Length > 1) (packet[0], packet[1]) = (0, (byte)random.Next(8));
                    if (packet.Length > 3) (packet[2], packet[3]) = (0, (byte)random.Next(6));
                    if (Send(packet, port: random.Next(4) == 0 ? (ushort)666 : Port).Length > 0) sent++;
                    if (After(random.Next(300)).Length > 0) sent++;
                }
            }
            catch (BootFailure)
            {
            }
            Assert.InRange(sent, 0, 120);
        }
    }

    /// <summary>A receiver, a server and the way between them, moved by events in order of time.</summary>
    private sealed class TftpWorld
    {
        public enum PacketFate
        {
            Arrives,
            Lost,
            Doubled,
            Delayed,
        }

        private static readonly Duration WayLength = Duration.FromMilliseconds(1);

        private readonly PriorityQueue<(bool ToServer, byte[] Packet), (long, int)> _way = new();
        private readonly TftpReceiver _receiver;
        private readonly ModelTftpServer _server;
        private readonly byte[] _packet = new byte[TftpReceiver.PacketBytesMax];
        private readonly Instant _start = new(1_000_000);
        private int _order;

        public TftpWorld(byte[] file, TftpWishes wishes, ModelTftpServer server)
        {
            _ = file;
            Now = _start;
            _server = server;
            _receiver = new TftpReceiver("f", wishes, new TftpTuning(), Body, Body, "server");
        }

        public MemoryBody Body { get; } = new();
        public Instant Now { get; private set; }
        public Duration Elapsed => Now - _start;
        public TftpState State => _receiver.State;
        public Func<PacketFate>? Fate { get; init; }
        public Func<byte[], bool>? Loses { get; set; }
        public Func<byte[], bool>? Doubles { get; set; }

        public void Run(int stepsMax)
        {
            Post(true, _packet[.._receiver.Start(Now, _packet)]);
            for (int step = 0; _receiver.State is TftpState.Requesting or TftpState.Receiving; step++)
            {
                Assert.True(step < stepsMax, "too many steps");
                Instant next = Instant.Earlier(_receiver.NextDeadline, _server.NextDeadline);
                if (_way.TryPeek(out _, out (long At, int) first) && new Instant(first.At) <= next)
                {
                    Now = new Instant(first.At);
                    (bool toServer, byte[] packet) = _way.Dequeue();
                    if (toServer) PostAll(_server.Handle(packet, Now));
                    else Post(true, _packet[.._receiver.Handle(packet, Server, Port, Now, _packet)]);
                    continue;
                }
                Now = next > Now ? next : Now;
                PostAll(_server.Poll(Now));
                Post(true, _packet[.._receiver.Poll(Now, _packet)]);
            }
        }

        private void PostAll(IEnumerable<byte[]> packets)
        {
            foreach (byte[] packet in packets) Post(false, packet);
        }

        private void Post(bool toServer, byte[] packet)
        {
            if (packet.Length == 0) return;
            PacketFate fate = Fate?.Invoke() ?? PacketFate.Arrives;
            if (Loses?.Invoke(packet) == true) fate = PacketFate.Lost;
            if (Doubles?.Invoke(packet) == true) fate = PacketFate.Doubled;
            if (fate == PacketFate.Lost) return;
            // A delayed packet is overtaken by those that follow within a few milliseconds.
            Duration length = fate == PacketFate.Delayed ? WayLength * 4 : WayLength;
            for (int i = fate == PacketFate.Doubled ? 2 : 1; i > 0; i--)
                _way.Enqueue((toServer, packet), ((Now + length).Microseconds, _order++));
        }
    }
}
