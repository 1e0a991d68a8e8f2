using System.Linq;
using System.Threading;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the progress line: what it says, and that it never floods a serial line.</summary>
public class ProgressTests
{
    private readonly ManualClock _clock = new();
    private readonly FakeConsole _console;
    private readonly Pump _pump;
    private readonly ProgressDisplay _display;

    public ProgressTests()
    {
        _console = new FakeConsole(_clock);
        _pump = new Pump(_clock);
        _display = new ProgressDisplay(_console, _pump);
    }

    [Fact]
    public void AKnownLengthShowsPercentBarAndSpeed()
    {
        TransferLine line = _display.Begin("http://h/vmlinuz", isQuiet: false);
        Assert.Equal("http://h/vmlinuz...", _console.Screen);
        Pass(2000);
        line.Report(50_000_000, 100_000_000);
        Assert.Equal("http://h/vmlinuz...  50% [##########..........] 25.0 MB/s", _console.Screen);
        Pass(2000);
        line.Succeeded(100_000_000);
        Assert.Equal("http://h/vmlinuz... ok (95.3 MiB, 25.0 MB/s)\n", _console.Screen);
    }

    [Fact]
    public void AnUnknownLengthShowsBytes()
    {
        TransferLine line = _display.Begin("http://h/x", isQuiet: false);
        Pass(1000);
        line.Report(1_500_000, null);
        Assert.Equal("http://h/x... 1.4 MiB 1.5 MB/s", _console.Screen);
        line.Failed(new BootFailure(HttpFailure.NotFound));
        Assert.Equal("http://h/x... failed\n", _console.Screen);
    }

    [Fact]
    public void SilenceIsToldInTheWordsThatLabsWaitFor()
    {
        FailureKind[] silent =
        [
            NetFailure.ConnectTimedOut, NetFailure.NeighborSilent, NetFailure.Unreachable, DnsFailure.NoAnswer,
            TftpFailure.NoAnswer, ImageFailure.FetchTimedOut,
        ];
        foreach (FailureKind kind in silent) _display.Begin("x", isQuiet: false).Failed(new BootFailure(kind));
        Assert.Equal(string.Concat(silent.Select(_ => "x... Connection timed out\n")), _console.Screen);
    }

    [Fact]
    public void ItIsRedrawnAtMostOnceASecondHoweverOftenItIsTold()
    {
        TransferLine line = _display.Begin("http://h/x", isQuiet: false);
        for (ulong i = 0; i < 10_000; i++)
        {
            Pass(1);
            line.Report(i * 1460, 14_600_000);
        }
        Assert.InRange(_console.Raw.Count(c => c == '\r'), 8, 10);
    }

    [Fact]
    public void ALongUriKeepsItsEndsAndTheLineFitsTheScreen()
    {
        string uri = "http://boot.example.org/" + new string('d', 100) + "/vmlinuz-6.1.0";
        TransferLine line = _display.Begin(uri, isQuiet: false);
        Pass(1000);
        line.Report(1, 2);
        Assert.StartsWith("http://boot.exa", _console.Screen);
        Assert.Contains("vmlinuz-6.1.0", _console.Screen);
        Assert.True(_console.Screen.Length < 80, _console.Screen);
    }

    [Fact]
    public void QuietMeansNothingAtAll()
    {
        TransferLine line = _display.Begin("http://h/x", isQuiet: true);
        Pass(5000);
        line.Report(1, 2);
        line.Succeeded(2);
        _display.Begin("http://h/y", isQuiet: true).Failed(new BootFailure(TftpFailure.NoAnswer));
        Assert.Equal("", _console.Raw);
    }

    [Theory]
    [InlineData(0ul, 0ul, "0 bytes")]
    [InlineData(ulong.MaxValue, ulong.MaxValue, "100%")]
    [InlineData(5ul, 3ul, "100%")]
    public void OddNumbersBreakNothing(ulong received, ulong total, string expected)
    {
        TransferLine line = _display.Begin("u", isQuiet: false);
        Pass(1000);
        line.Report(received, total);
        Assert.Contains(expected, _console.Screen);
    }

    private void Pass(int ms) => _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(ms), CancellationToken.None));
}
