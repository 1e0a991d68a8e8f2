using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects the conversation with a good TFTP server: requests, lockstep, windows.</summary>
public class TftpReceiverTests : TftpTalk
{
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
        Instant start = Now;
        List<long> repeats = [];
        BootFailure? failure = null;
        while (failure is null)
        {
            Now = Receiver.NextDeadline;
            try
            {
                Assert.StartsWith("RRQ ", Say(Reply.AsSpan(0, Receiver.Poll(Now, Reply))));
                repeats.Add((Now - start).Milliseconds);
            }
            catch (BootFailure caught)
            {
                failure = caught;
            }
        }
        Assert.Equal([250, 750, 1_750, 3_750, 7_750, 15_750], repeats);
        Assert.Same(TftpFailure.NoAnswer, failure.Kind);
        Assert.Equal(25_750, (Now - start).Milliseconds);
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

    [Fact]
    public void AServerWithOptionsIsFollowedBlockByBlock()
    {
        Start(new TftpWishes(8, 1));
        Assert.Equal("ACK 0", OptionAck("blksize", "8", "tsize", "10"));
        Assert.Equal(10ul, Body.Expected);
        Assert.Equal("ACK 1", Data(1, "01234567"));
        Assert.Equal("ACK 2", Data(2, "89"));
        Assert.Equal(TftpState.Done, Receiver.State);
        Assert.Equal("0123456789", Text);
        Assert.Equal((10ul, 10ul), Body.Reports[^1]);
    }

    [Fact]
    public void AServerWithoutOptionsSendsBlocksOf512()
    {
        Start(new TftpWishes(1468, 64));
        Assert.Equal("ACK 1", Data(1, new string('a', 512)));
        Assert.Equal("ACK 2", Data(2, ""));
        Assert.Equal(TftpState.Done, Receiver.State);
        Assert.Equal(512, Text.Length);
    }

    [Fact]
    public void AnEmptyFileIsOneEmptyBlock()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("tsize", "0");
        Assert.Equal("ACK 1", Data(1, ""));
        Assert.Equal(TftpState.Done, Receiver.State);
    }

    [Fact]
    public void AnOptionsAckWithoutBlockSizeMeans512()
    {
        Start(new TftpWishes(1468, 64));
        OptionAck("tsize", "513");
        Data(1, new string('a', 512));
        Assert.Equal("ACK 2", Data(2, "b"));
        Assert.Equal(TftpState.Done, Receiver.State);
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
        Now += Duration.FromMilliseconds(150);
        Assert.Equal("ACK 1", Data(1, "01234567"));
        Assert.Equal("", Data(1, "01234567"));
        Assert.Equal("01234567", Text);
    }

    [Fact]
    public void ARepeatedOptionsAckIsAcknowledgedAgain()
    {
        Start(new TftpWishes(8, 1));
        OptionAck("blksize", "8");
        Now += Duration.FromSeconds(1);
        Assert.Equal("ACK 0", OptionAck("blksize", "8"));
        Data(1, "01234567");
        Now += Duration.FromSeconds(1);
        Assert.Equal("", OptionAck("blksize", "8"));
    }

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
        Assert.Equal(TftpState.Done, Receiver.State);
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
        Now += Duration.FromMilliseconds(5);
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
        for (int i = 0; i < 10 && Receiver.State == TftpState.Receiving; i++)
        {
            Data(block++, "01234567");
            answer = Data(block + 1, "01234567");
        }
        Assert.Equal(TftpState.AskAgain, Receiver.State);
        Assert.Equal("ERROR 0", answer);
        Assert.Equal(new TftpWishes(8, 16), Receiver.NextWishes);
    }

    [Fact]
    public void BlocksAreTakenWithoutAllocating()
    {
        const int rounds = 4, blocksPerRound = 5_000, blocks = 1 + rounds * blocksPerRound;
        var sink = new Sink();
        byte[] data = new byte[4 + 1_468];
        data[1] = 3;
        byte[] options = [0, 6, .. Bytes("blksize\01468\0windowsize\064\0")];
        Receiver = new TftpReceiver("f", new TftpWishes(1_468, 64), new TftpTuning(), sink, sink, "s");
        Receiver.Start(Now, Reply);
        Receiver.Handle(options, Server, Port, Now, Reply);
        Send();   // so that everything is compiled
        // A whole round must be free of any allocation. There are several because one run in a fresh clone counted
        // 4 KB over all its blocks; where they came from is not known.
        long least = long.MaxValue;
        for (int round = 0; round < rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < blocksPerRound; i++) Send();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
        Assert.Equal(blocks * 1_468ul, sink.ReceivedBytes);

        void Send()
        {
            ushort block = (ushort)(sink.ReceivedBytes / 1_468 + 1);
            (data[2], data[3]) = ((byte)(block >> 8), (byte)block);
            Now += Duration.FromMicroseconds(12);
            Receiver.Handle(data, Server, Port, Now, Reply);
        }
    }

    private sealed class Sink : IBodyTarget, ITransferProgress
    {
        private readonly byte[] _room = new byte[2_000];

        public ulong ReceivedBytes { get; private set; }

        public void Expect(ulong totalBytes)
        {
        }

        public Memory<byte> GetRoom() => _room;

        public void Advance(int countBytes) => ReceivedBytes += (uint)countBytes;

        public void Restart() => ReceivedBytes = 0;

        public void Report(ulong receivedBytes, ulong? totalBytes)
        {
        }
    }
}
