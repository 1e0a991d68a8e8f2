using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;
using static Bootlace.Tests.Net.TcpTalk;

namespace Bootlace.Tests.Net;

/// <summary>Protects the receiving half: order, duplicates, holes, windows, where bytes go and when they are
/// acknowledged.
/// </summary>
public class TcpReceiveTests
{
    private readonly TcpTalk _talk = Established();

    [Fact]
    public void TextIsReadAndAcknowledged()
    {
        _talk.Send(Ack | Psh, 1, 1, "hello");
        _talk.Expect(Ack, 1, 6);
        Assert.Equal("hello", _talk.Read());
    }

    [Fact]
    public void AWaitingFillGetsItsBytesFromSeveralSegments()
    {
        byte[] target = new byte[10];
        Task<int> fill = _talk.StartFill(target);
        _talk.Send(Ack, 1, 1, "abcd");
        Assert.False(fill.IsCompleted);
        _talk.Send(Ack, 5, 1, "efghijKLM");
        Assert.Equal(10, _talk.Finish(fill));
        Assert.Equal("abcdefghij", Encoding.ASCII.GetString(target));
        Assert.Equal("KLM", _talk.Read());
    }

    [Fact]
    public void AWaitingReadGetsAllOfABurst()
    {
        Task<int> read = _talk.Connection.ReadAsync(new byte[100], CancellationToken.None).AsTask();
        _talk.Link.Deliver(_talk.Frame(Ack, 1, 1, "abc"u8.ToArray()), _talk.Frame(Ack, 4, 1, "def"u8.ToArray()));
        Assert.Equal(6, _talk.Finish(read));
        _talk.Expect(Ack, 1, 7);   // one acknowledgement for the burst
        _talk.ExpectSilence();
    }

    [Fact]
    public void AFillThatIsFullRunsBeforeMoreFramesAreTaken()
    {
        Task<int> fill = _talk.StartFill(new byte[3]);
        _talk.Link.Device.Deliver(_talk.Frame(Ack, 1, 1, "abc"u8.ToArray()));
        _talk.Link.Device.Deliver(_talk.Frame(Ack, 4, 1, "def"u8.ToArray()));
        _talk.Link.Stack.Poll(_talk.Link.Clock.Now);
        Assert.Equal(3, _talk.Finish(fill));
        _talk.Expect(Ack, 1, 4);
    }

    [Fact]
    public void BytesBehindAHoleWaitForIt()
    {
        _talk.Send(Ack, 5, 1, "efgh");
        Segment first = _talk.Expect(Ack, 1, 1);
        Assert.Equal((5, 9), Relative(first.Options.SackBlockAt(0)));
        _talk.Send(Ack, 13, 1, "mnop");
        Segment second = _talk.Expect(Ack, 1, 1);
        Assert.Equal(2, second.Options.SackBlockCount);
        Assert.Equal((13, 17), Relative(second.Options.SackBlockAt(0)));   // the latest first
        Assert.Equal((5, 9), Relative(second.Options.SackBlockAt(1)));
        _talk.Send(Ack, 1, 1, "abcd");
        _talk.Expect(Ack, 1, 9);
        _talk.Send(Ack, 9, 1, "ijkl");
        Segment last = _talk.Expect(Ack, 1, 17);
        Assert.Equal(0, last.Options.SackBlockCount);
        Assert.Equal("abcdefghijklmnop", _talk.Read());
    }

    [Fact]
    public void AHoleIsFilledWhileAReaderWaits()
    {
        byte[] target = new byte[8];
        Task<int> fill = _talk.StartFill(target);
        _talk.Send(Ack, 3, 1, "cdefghij");
        _talk.Send(Ack, 1, 1, "ab");
        Assert.Equal(8, _talk.Finish(fill));
        Assert.Equal("abcdefgh", Encoding.ASCII.GetString(target));
        Assert.Equal("ij", _talk.Read());
    }

    [Fact]
    public void WithoutThePeersConsentNoBlocksAreReported()
    {
        var talk = Established(options: new TcpOptions { MaxSegmentBytes = 1460 });
        talk.Send(Ack, 5, 1, "efgh");
        Assert.Equal(0, talk.Expect(Ack, 1, 1).Options.SackBlockCount);
    }

    [Fact]
    public void OldTextIsAcknowledgedAgainAndLeftOut()
    {
        _talk.Send(Ack, 1, 1, "abcd");
        _talk.Expect(Ack, 1, 5);
        _talk.Send(Ack, 1, 1, "abcd");
        _talk.Expect(Ack, 1, 5);
        _talk.Send(Ack, 3, 1, "cdef");
        _talk.Expect(Ack, 1, 7);
        Assert.Equal("abcdef", _talk.Read());
    }

    [Fact]
    public void EveryOrderOfOverlappingSegmentsGivesTheSameBytes()
    {
        (int Seq, string Text)[] pieces = [(1, "abc"), (3, "cdef"), (5, "ef"), (7, "ghi"), (8, "hij")];
        foreach (int[] order in Permutations(pieces.Length))
        {
            var talk = Established();
            byte[] target = new byte[10];
            Task<int> fill = talk.StartFill(target);
            foreach (int i in order) talk.Send(Ack, pieces[i].Seq, 1, pieces[i].Text);
            Assert.Equal(10, talk.Finish(fill));
            Assert.Equal("abcdefghij", Encoding.ASCII.GetString(target));
        }
    }

    [Fact]
    public void TheWindowClosesOverUnreadBytesAndOpensWhenTheyAreRead()
    {
        var talk = Established(receiveFramesMax: 4);
        int window = 4 * 1460;
        for (int i = 0; i < 4; i++) talk.Send(Ack, 1 + i * 1460, 1, new string('x', 1460));
        Segment last = null!;
        for (int i = 0; i < 4; i++) last = talk.Expect(Ack, 1, 1 + (i + 1) * 1460);
        Assert.Equal(0, last.Window);
        talk.Send(Ack, 1 + window, 1, "y");
        talk.Expect(Ack, 1, 1 + window);   // refused, and told so
        Assert.Equal(1, talk.Refused);
        Assert.Equal(4096, talk.Read().Length);
        Assert.InRange(talk.Expect(Ack, 1, 1 + window).Window, 4000, 4096);
        talk.Send(Ack, 1 + window, 1, "y");
        talk.Expect(Ack, 1, 2 + window);
    }

    [Fact]
    public void TheWindowGrowsWhileNothingIsLost()
    {
        var talk = Established(options: UsualOptions with { WindowScale = 7 });
        byte[] target = new byte[2_000_000];
        Task<int> fill = talk.StartFill(target);
        byte[] text = new byte[1460];
        int seq = 1, shifted = 0;
        while (seq < 1_900_000)
        {
            talk.Link.Deliver(talk.Frame(Ack, seq, 1, text));
            seq += text.Length;
            shifted = talk.Expect(Ack, 1, seq).Window;
        }
        Assert.InRange(shifted << 5, (1 << 20) - 64, 1 << 20);
        Assert.False(fill.IsCompleted);
    }

    [Fact]
    public void AHoleStopsTheGrowth()
    {
        var talk = Established(options: UsualOptions with { WindowScale = 7 });
        Task<int> fill = talk.StartFill(new byte[400_000]);
        byte[] text = new byte[1000];
        talk.Link.Deliver(talk.Frame(Ack, 1001, 1, text), talk.Frame(Ack, 1, 1, text));
        talk.Link.Device.Sent.Clear();
        int shifted = 0;
        for (int seq = 2001; seq < 300_000; seq += 1000)
        {
            talk.Link.Deliver(talk.Frame(Ack, seq, 1, text));
            shifted = talk.Expect(Ack, 1, seq + 1000).Window;
        }
        Assert.InRange(shifted << 5, 65_000, 65_535);
        Assert.False(fill.IsCompleted);
    }

    [Fact]
    public void AllConnectionsTogetherKeepWithinWhatTheCardHolds()
    {
        var talk = Established(receiveFramesMax: 16);
        Task<TcpConnection> second = talk.Link.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None);
        talk.Link.Run(0);
        Assert.Equal(8 * 1460, talk.Take().Window);
        byte[] text = new byte[1460];
        Task<int> fill = talk.StartFill(new byte[100_000]);
        Segment last = null!;
        for (int i = 0; i < 16; i++)
        {
            talk.Link.Deliver(talk.Frame(Ack, 1 + i * 1460, 1, text));
            last = talk.Take();
        }
        Assert.Equal(8 * 1460, last.Window);   // the first one's window has come down without ever taking back a byte
        Assert.False(second.IsCompleted || fill.IsCompleted);
    }

    [Fact]
    public void InALongBurstEverySoManySegmentsAreAcknowledged()
    {
        Task<int> fill = _talk.StartFill(new byte[100_000]);
        byte[] text = new byte[1460];
        _talk.Link.Deliver([.. Enumerable.Range(0, 20).Select(i => _talk.Frame(Ack, 1 + i * 1460, 1, text))]);
        Assert.Equal(12, _talk.Link.Device.WaitingAtFlush);   // the card sent the first while they waited
        _talk.Expect(Ack, 1, 1 + 8 * 1460);
        _talk.Expect(Ack, 1, 1 + 16 * 1460);
        _talk.Expect(Ack, 1, 1 + 20 * 1460);
        _talk.ExpectSilence();
        Assert.False(fill.IsCompleted);
    }

    [Fact]
    public void OnWeakCardsAQuarterOfTheWindowIsAcknowledgedAtOnce()
    {
        var talk = Established(receiveFramesMax: 16);
        Task<int> fill = talk.StartFill(new byte[100_000]);
        byte[] text = new byte[1460];
        talk.Link.Deliver([.. Enumerable.Range(0, 6).Select(i => talk.Frame(Ack, 1 + i * 1460, 1, text))]);
        talk.Expect(Ack, 1, 1 + 4 * 1460);
        talk.Expect(Ack, 1, 1 + 6 * 1460);
        Assert.False(fill.IsCompleted);
    }

    [Fact]
    public void AnEndedFillReturnsWhatThereWas()
    {
        Task<int> fill = _talk.StartFill(new byte[10]);
        _talk.Send(Ack | Fin, 1, 1, "abc");
        Assert.Equal(3, _talk.Finish(fill));
        _talk.Expect(Ack, 1, 5);
        Assert.Equal("", _talk.Read());
    }

    [Fact]
    public void AResetGivesWhatHasArrivedAndThenFails()
    {
        Task<int> fill = _talk.StartFill(new byte[10]);
        _talk.Send(Ack, 1, 1, "abc");
        _talk.Send(Rst, 4, 0);
        Assert.Equal(3, _talk.Finish(fill));
        _talk.ReadFailsWith(NetFailure.ConnectionReset);
        _talk.ReadFailsWith(NetFailure.ConnectionReset);
    }

    [Fact]
    public void UnreadBytesCanBeReadAfterAReset()
    {
        _talk.Send(Ack, 1, 1, "abc");
        _talk.Send(Rst, 4, 0);
        Assert.Equal("abc", _talk.Read());
        _talk.ReadFailsWith(NetFailure.ConnectionReset);
    }

    [Fact]
    public void ACancelledReadLeavesTheConnectionUsable()
    {
        using var stop = new CancellationTokenSource();
        Task<int> fill = _talk.StartFill(new byte[10], stop.Token);
        stop.Cancel();
        _talk.Link.Run(0);
        Assert.True(fill.IsCanceled);
        _talk.Send(Ack, 1, 1, "abc");
        Assert.Equal("abc", _talk.Read());
    }

    [Fact]
    public void ASilentPeerIsAskedAndThenGivenUp()
    {
        Task<int> fill = _talk.StartFill(new byte[10]);
        _talk.ExpectSilence(untilMs: 14_900);
        _talk.Link.Run(200);
        _talk.Expect(Ack, 0, 1);   // an old number, which must be answered
        _talk.Send(Ack, 1, 1);
        _talk.ExpectSilence(untilMs: 14_900);
        _talk.Link.Run(200);
        for (int i = 0; i < 5; i++)
        {
            _talk.Expect(Ack, 0, 1);
            _talk.Link.Run(5_000);
        }
        _talk.Expect(Rst | Ack, 1, 1);
        Assert.Equal(NetFailure.PeerSilent, Assert.Throws<BootFailure>(() => _talk.Finish(fill)).Kind);
        _talk.ExpectSilence(untilMs: 60_000);
    }

    [Fact]
    public void ThePeersOwnKeepAliveIsAnswered()
    {
        _talk.Send(Ack, 0, 1);
        _talk.Expect(Ack, 1, 1);
    }

    [Fact]
    public void ABugOnOneSegmentCostsThatSegment()
    {
        var memory = new FailingMemory(10);
        Task<int> fill = _talk.Connection.FillAsync(memory.Memory, CancellationToken.None).AsTask();
        memory.Fails = true;
        _talk.Link.Device.Deliver(_talk.Frame(Ack, 1, 1, "abcdefghij"u8.ToArray()));
        _talk.Link.Run(0);
        Assert.IsType<NotSupportedException>(_talk.Link.Fault);
        Assert.Equal(1, _talk.Link.Drops(DropReason.Fault));
        memory.Fails = false;
        _talk.Link.Device.Sent.Clear();
        _talk.Link.Device.Deliver(_talk.Frame(Ack, 1, 1, "abcdefghij"u8.ToArray()));
        _talk.Link.Run(0);
        Assert.Equal(10, _talk.Finish(fill));
        Assert.Equal("abcdefghij", Encoding.ASCII.GetString(memory.Memory.Span));
        _talk.Expect(Ack, 1, 11);
    }

    private sealed class FailingMemory(int bytes) : MemoryManager<byte>
    {
        private readonly byte[] _bytes = new byte[bytes];

        public bool Fails { get; set; }
        public override Memory<byte> Memory => CreateMemory(_bytes.Length);
        public override Span<byte> GetSpan() => Fails ? throw new NotSupportedException() : _bytes;
        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();
        public override void Unpin() { }
        protected override void Dispose(bool disposing) { }
    }

    [Fact]
    public void ReceivingAllocatesNothingPerSegment()
    {
        Task<int> fill = _talk.StartFill(new byte[4_000_000]);
        byte[] text = new byte[1460];
        byte[][] frames = [.. Enumerable.Range(0, 2000).Select(i => _talk.Frame(Ack, 1 + i * 1460, 1, text))];
        var device = _talk.Link.Device;
        for (int i = 0; i < 1000; i++) One(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1000; i < 2000; i++) One(i);
        long perSegment = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        Assert.InRange(perSegment, 0, frames[0].Length + 60 + 2 * 24 + 100);   // the test's card keeps frame and ACK
        Assert.False(fill.IsCompleted);

        void One(int i)
        {
            device.Deliver(frames[i]);
            _talk.Link.Stack.Poll(_talk.Link.Clock.Now);
            device.Sent.Clear();
        }
    }

    private static System.Collections.Generic.IEnumerable<int[]> Permutations(int count)
    {
        if (count == 1)
        {
            yield return [0];
            yield break;
        }
        foreach (int[] shorter in Permutations(count - 1))
            for (int at = 0; at < count; at++)
                yield return [.. shorter[..at], count - 1, .. shorter[at..]];
    }
}
