using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Net;
using Bootlace.Tests.Support;
using Bootlace.Tests.Transfer;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Sim;

/// <summary>Protects whole transfers over the real stack: every seed's losses, copies and delays end with the whole
/// file or with a clear failure in bounded time.</summary>
public class TransferSimTests
{
    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private MemoryBody _body = new();

    public TransferSimTests() => _pump = new Pump(_clock);

    private static byte[] File(int bytes)
    {
        byte[] file = new byte[bytes];
        new Random(bytes).NextBytes(file);
        return file;
    }

    private TransferLan With(Func<ModelTftpServer> tftp) =>
        new(_pump, seed: 1, new TransferLan.Options { Tftp = tftp });

    private UriFetcher Connect(TransferLan lan, int seed = 1, TftpTuning? tuning = null)
    {
        var stack = new NetworkStack(_pump, new SeededEntropy(seed))
        {
            FaultReported = (_, fault) => throw new InvalidOperationException("a fault of the stack", fault),
        };
        stack.Add(lan.Device, "net0").Configure(new Ipv4Configuration(Cast.OurIp, 24));
        HostResolver resolve = (host, _) => Task.FromResult<IReadOnlyList<IpAddress>>(
            host == "two" ? [Cast.StrangerIp, Cast.PeerIp] : [Cast.PeerIp]);
        return new UriFetcher([
            new HttpOpener(_pump, new TcpConnector(_pump, stack, resolve), new HttpOptions()),
            new TftpOpener(_pump, stack, resolve, tuning ?? new TftpTuning()),
        ]);
    }

    private Duration Fetch(UriFetcher fetcher, string uri, CancellationToken stop = default)
    {
        _body = new MemoryBody(1 << 20);
        Instant start = _clock.Now;
        _pump.Run(() => fetcher.FetchAsync(BootUri.Parse(uri), _body, _body, stop));
        return _clock.Now - start;
    }

    private BootFailure FetchFails(UriFetcher fetcher, string uri, FailureKind kind, int secondsMax)
    {
        Instant start = _clock.Now;
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch(fetcher, uri));
        Assert.Same(kind, failure.Kind);
        Assert.InRange((_clock.Now - start).Milliseconds, 0, secondsMax * 1_000);
        return failure;
    }

    public static TheoryData<int, int, int, int> Weather()
    {
        var rows = new TheoryData<int, int, int, int>();   // seed, loss %, doubled %, jitter in microseconds
        for (int seed = 1; seed <= 4; seed++)
        {
            rows.Add(seed, 0, 0, 0);
            rows.Add(seed, 1, 0, 0);
            rows.Add(seed, 0, 5, 3_000);
            rows.Add(seed, 5, 5, 1_000);
            rows.Add(seed, 15, 0, 0);
        }
        return rows;
    }

    // ---- HTTP

    [Theory]
    [MemberData(nameof(Weather))]
    public void HttpBringsTheWholeFileInAnyWeather(int seed, int loss, int doubled, int jitter)
    {
        byte[] file = File(400_000);
        var lan = new TransferLan(_pump, seed, new TransferLan.Options
        {
            LossPercent = loss, DoublePercent = doubled, Jitter = Duration.FromMicroseconds(jitter),
        });
        lan.Http.Files["/f"] = file;
        lan.Http.SendsChunks = seed % 2 == 0;
        Duration took = Fetch(Connect(lan, seed), "http://server/f");
        Assert.True(_body.Bytes.AsSpan().SequenceEqual(file), $"seed {seed}");
        Assert.Equal(0, _body.Restarts);
        Assert.InRange(took.Milliseconds, 0, 200_000);
    }

    [Fact]
    public void HttpIsNotHeldUpByItsWindow()
    {
        byte[] file = File(8_000_000);
        var lan = new TransferLan(_pump, seed: 1);
        lan.Http.Files["/f"] = file;
        Duration took = Fetch(Connect(lan), "http://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.InRange(took.Milliseconds, 1, 200);   // 40 MB/s
    }

    [Fact]
    public void AnHttpServerThatResetsEveryConnectionHalfwayIsResumedAndNothingComesTwice()
    {
        byte[] file = File(1_000_000);
        var lan = new TransferLan(_pump, seed: 1);
        lan.Http.Files["/f"] = file;
        lan.Tcp.ResetsAfterBytes = 300_000;
        Fetch(Connect(lan), "http://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(0, _body.Restarts);
        Assert.InRange(lan.Tcp.Accepted, 3, 5);
        Assert.InRange(lan.Http.BodyBytes, 1_000_000, 2_400_000);   // what was asked for: 1.0, 0.7, 0.4 ... MB
    }

    [Fact]
    public void AnHttpServerThatDiesAtHalfIsGivenUpWithAClearSentence()
    {
        var lan = new TransferLan(_pump, seed: 1);
        lan.Http.Files["/f"] = File(1_000_000);
        lan.Tcp.ResetsAfterBytes = 500_000;
        lan.Tcp.Broken = () => lan.Tcp.IsListening = false;
        BootFailure failure = FetchFails(Connect(lan), "http://server/f", HttpFailure.ConnectionLost, secondsMax: 40);
        Assert.Contains("of 1000000 bytes and 6 attempts to go on failed", failure.Message);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(60, true)]
    [InlineData(100_000, false)]
    public void AnHttpServerThatFallsSilentAtHalfIsWaitedForWithinReason(int seconds, bool succeeds)
    {
        byte[] file = File(1_000_000);
        var lan = new TransferLan(_pump, seed: 1);
        lan.Http.Files["/f"] = file;
        Instant? silentSince = null;
        lan.IsSilent = () =>
        {
            if (_body.ReceivedBytes > 400_000) silentSince ??= _clock.Now;
            return silentSince is { } since && _clock.Now - since < Duration.FromSeconds(seconds);
        };
        UriFetcher fetcher = Connect(lan);
        if (!succeeds)
        {
            FetchFails(fetcher, "http://server/f", HttpFailure.ConnectionLost, secondsMax: 400);
            return;
        }
        Fetch(fetcher, "http://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(0, _body.Restarts);
    }

    [Fact]
    public void AMissingFileAndAMissingServerFailEachInItsOwnWay()
    {
        var lan = new TransferLan(_pump, seed: 1);
        UriFetcher fetcher = Connect(lan);
        FetchFails(fetcher, "http://server/none", HttpFailure.NotFound, secondsMax: 1);
        lan.Tcp.IsListening = false;
        FetchFails(fetcher, "http://other/none", NetFailure.ConnectionRefused, secondsMax: 1);
        lan.IsSilent = () => true;
        FetchFails(fetcher, "http://third/none", NetFailure.ConnectTimedOut, secondsMax: 20);
    }

    [Fact]
    public void TheSecondAddressOfAHostIsTriedWhenTheFirstIsDead()
    {
        byte[] file = File(10_000);
        TransferLan lan = With(() => new ModelTftpServer(file));
        lan.Http.Files["/f"] = file;
        UriFetcher fetcher = Connect(lan);
        Assert.InRange(Fetch(fetcher, "http://two/f").Milliseconds, 1, 6_000);
        Assert.Equal(file, _body.Bytes);
        Assert.InRange(Fetch(fetcher, "tftp://two/f").Milliseconds, 1, 30_000);
        Assert.Equal(file, _body.Bytes);
    }

    [Fact]
    public void ParallelFetchesShareTheCable()
    {
        byte[] kernel = File(700_000), initrd = File(900_001);
        var lan = new TransferLan(_pump, seed: 7, new TransferLan.Options
        {
            LossPercent = 1, Tftp = () => new ModelTftpServer(kernel),
        });
        lan.Http.Files["/initrd"] = initrd;
        lan.Http.Files["/kernel"] = kernel;
        UriFetcher fetcher = Connect(lan);
        var bodies = new[] { new MemoryBody(), new MemoryBody(), new MemoryBody() };
        string[] uris = ["http://server/kernel", "http://server/initrd", "tftp://server/kernel"];
        _pump.Run(() => Task.WhenAll(uris.Zip(bodies, (uri, body) =>
            (Task)fetcher.FetchAsync(BootUri.Parse(uri), body, body, CancellationToken.None))));
        Assert.Equal(kernel, bodies[0].Bytes);
        Assert.Equal(initrd, bodies[1].Bytes);
        Assert.Equal(kernel, bodies[2].Bytes);
    }

    [Fact]
    public void CancellationTellsTheServer()
    {
        var server = new ModelTftpServer(File(4_000_000));
        TransferLan lan = With(() => server);
        using var stop = new CancellationTokenSource();
        _pump.Schedule(Duration.FromMilliseconds(5), stop.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Fetch(Connect(lan), "tftp://server/f", stop.Token));
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(5), CancellationToken.None));
        Assert.Equal(TftpErrorCode.Undefined, server.Aborted);
    }

    // ---- TFTP

    [Theory]
    [MemberData(nameof(Weather))]
    public void TftpBringsTheWholeFileInAnyWeather(int seed, int loss, int doubled, int jitter)
    {
        byte[] file = File(300_000);
        var lan = new TransferLan(_pump, seed, new TransferLan.Options
        {
            LossPercent = loss, DoublePercent = doubled, Jitter = Duration.FromMicroseconds(jitter),
            Tftp = () => new ModelTftpServer(file)
            {
                WindowBlocksMax = seed % 2 == 0 ? 1 : 64, KnowsOptions = seed != 3,
            },
        });
        Duration took = Fetch(Connect(lan, seed), "tftp://server/f");
        Assert.True(_body.Bytes.AsSpan().SequenceEqual(file), $"seed {seed}");
        Assert.InRange(took.Milliseconds, 0, 120_000);
    }

    [Fact]
    public void WindowsMakeTftpManyTimesFaster()
    {
        byte[] file = File(4_000_000);
        var lan = new TransferLan(_pump, seed: 1, new TransferLan.Options
        {
            Way = Duration.FromMilliseconds(5), Tftp = () => new ModelTftpServer(file),
        });
        Duration windowed = Fetch(Connect(lan), "tftp://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.InRange(windowed.Milliseconds, 300, 700);   // 43 windows of 64 blocks, each a round trip of 10 ms

        var other = new TransferSimTests();
        var lockstep = new TransferLan(other._pump, seed: 1, new TransferLan.Options
        {
            Way = Duration.FromMilliseconds(5), Tftp = () => new ModelTftpServer(file) { WindowBlocksMax = 1 },
        });
        Assert.InRange(other.Fetch(other.Connect(lockstep), "tftp://server/f").Milliseconds, 27_000, 29_000);
    }

    [Fact]
    public void AWeakCardIsNeverSentMoreThanItTakes()
    {
        byte[] file = File(2_000_000);
        var lan = new TransferLan(_pump, seed: 1, new TransferLan.Options
        {
            CardFrames = 32, Tftp = () => new ModelTftpServer(file),
        });
        lan.Http.Files["/f"] = file;
        UriFetcher fetcher = Connect(lan);
        Fetch(fetcher, "tftp://server/f");
        Assert.Equal(file, _body.Bytes);
        Fetch(fetcher, "http://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(0, lan.Overflows);
    }

    [Fact]
    public void ACardThatTakesLessThanItSaysIsFoundOutAndAskedForLess()
    {
        byte[] file = File(3_000_000);
        // A window comes all at once: the ring of 20 frames loses the rest.
        var lan = new TransferLan(_pump, seed: 1, new TransferLan.Options
        {
            CardFrames = 10, ClaimedFrames = 256, Tftp = () => new ModelTftpServer(file),
        });
        Duration took = Fetch(Connect(lan), "tftp://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(1, _body.Restarts);
        Assert.InRange(took.Milliseconds, 0, 2_000);
    }

    [Fact]
    public void F10_ATftpServerThatStopsForAMinuteGoesOn()
    {
        byte[] file = File(1_000_000);
        TransferLan lan = With(() => new ModelTftpServer(file));
        Instant? silentSince = null;
        lan.IsSilent = () =>
        {
            if (_body.ReceivedBytes > 400_000) silentSince ??= _clock.Now;
            return silentSince is { } since && _clock.Now - since < Duration.FromSeconds(60);
        };
        Fetch(Connect(lan), "tftp://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(0, _body.Restarts);
    }

    [Fact]
    public void ATftpServerThatDiesAtHalfIsGivenUpWithAClearSentence()
    {
        TransferLan lan = With(() => new ModelTftpServer(File(1_000_000)));
        lan.IsSilent = () => _body.ReceivedBytes > 500_000;
        BootFailure failure = FetchFails(Connect(lan), "tftp://server/f", TftpFailure.TimedOut, secondsMax: 105);
        Assert.Contains("of 1000000 bytes of 'f'", failure.Message);
    }

    [Fact]
    public void ATftpServerThatDoesNotListenIsNamedAtOnceAndASilentOneInTime()
    {
        var lan = new TransferLan(_pump, seed: 1);
        FetchFails(Connect(lan), "tftp://server/f", NetFailure.PortUnreachable, secondsMax: 1);
        lan.IsSilent = () => true;
        var quiet = new TransferSimTests();
        var off = new TransferLan(quiet._pump, seed: 1) { IsSilent = () => true };
        quiet.FetchFails(quiet.Connect(off), "tftp://server/f", NetFailure.NeighborSilent, secondsMax: 30);
        var deaf = new TransferSimTests();
        TransferLan mute = deaf.With(() => new ModelTftpServer([]) { IsMute = true });
        deaf.FetchFails(deaf.Connect(mute), "tftp://server/f", TftpFailure.NoAnswer, secondsMax: 30);
    }

    [Fact]
    public void AServerWithoutOptionsIsAskedAgainWithoutThem()
    {
        byte[] file = File(20_000);
        TransferLan lan = With(() => new ModelTftpServer(file) { RefusesOptions = true });
        Fetch(Connect(lan), "tftp://server/f");
        Assert.Equal(file, _body.Bytes);
        Assert.Equal(2, lan.TftpTransfers);
    }

    [Theory]
    [InlineData("tftp://server/dir/f%20g", "dir/f g")]
    [InlineData("tftp://server//abs", "/abs")]
    [InlineData("tftp://server/a%3Fb", "a?b")]
    public void TheNameAskedForIsTheDecodedPathWithoutItsFirstSlash(string uri, string name)
    {
        var server = new ModelTftpServer([1]);
        TransferLan lan = With(() => server);
        Fetch(Connect(lan), uri);
        Assert.Equal(name, server.Asked);
    }
}
