using System;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects TFTP transfers from servers and strangers that break the rules.</summary>
public class TftpBadInputTests : TftpTalk
{
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
        // 51 blocks and an OACK; without care each copy doubles all that follows.
        Assert.InRange(server.SentCount, 52, 60);
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
        Assert.Equal(TftpState.AskAgain, Receiver.State);
        Assert.Equal(TftpWishes.Plain, Receiver.NextWishes);
        Assert.Equal("RRQ f|octet|", Start(Receiver.NextWishes));
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
        var receiver = new TftpReceiver("f", new TftpWishes(8, 1), new TftpTuning(),
            new MemoryBody { Refusal = full }, Body, "s");
        receiver.Start(Now, Reply);
        byte[] packet = [0, 6, .. Bytes("tsize\018446744073709551615\0")];
        Assert.Same(full, Assert.Throws<BootFailure>(() => { receiver.Handle(packet, Server, Port, Now, Reply); }));
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
        Assert.Equal(TftpState.Ended, Receiver.State);
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
        Assert.Equal(TftpWishes.Plain, Receiver.NextWishes);
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
}
