using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Bootlace.Tests.Transfer;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects logging to a server: whole lines and nothing that was typed, in the forms servers read, and a
/// boot that never waits for them.</summary>
public class LogTests
{
    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private readonly FakeConsole _screen;
    private readonly SettingsStore _settings = new();
    private readonly FakeWire _wire;
    private readonly List<string> _notes = [];
    private readonly LogSender _sender;

    public LogTests()
    {
        _pump = new Pump(_clock);
        _screen = new FakeConsole(_clock);
        _wire = new FakeWire(_pump);
        _sender = new LogSender(_pump, _wire, _notes.Add);
    }

    [Fact]
    public void WholeLinesAreToldAsTheyLastLooked()
    {
        var console = new LogConsole(_screen);
        List<string> lines = [];
        console.Write("nobody listens\n");
        console.LineWritten = lines.Add;
        console.Write("one\ntw");
        Assert.Equal(["one"], lines);
        console.Write("o  \n\n10%\r100% \n" + new string('x', 1000) + "\na\tb\n");
        Assert.Equal(["one", "two", "100%", new string('x', 480), "a?b"], lines);
        Assert.StartsWith("nobody listens\none\ntwo", _screen.Raw);
    }

    [Fact]
    public void ANoteStandsOnALineOfItsOwn()
    {
        var console = new LogConsole(_screen);
        console.Note("first\n");
        console.Write("kernel...");
        console.Note("second\n");
        console.Write("\rkernel... ok\n");
        console.Note("third\n");
        Assert.Equal("first\nkernel...\nsecond\n\rkernel... ok\nthird\n", _screen.Raw);
    }

    [Fact]
    public void WhatIsTypedIsNotTold()
    {
        var world = new BootWorld();
        var console = new LogConsole(world.Console);
        List<string> lines = [];
        console.LineWritten = lines.Add;
        var keyboard = new Keyboard(console, world.Pump);
        var terminal = new ScriptTerminal(console, console.Screen, keyboard);
        world.Console.Type(10, "secret\n");
        world.Pump.Add(keyboard);
        string typed = world.Pump.Run(() => terminal.ReadLineAsync(
            new LineRequest("password: ", "", 0, IsCommand: false), CancellationToken.None));
        Assert.Equal("secret", typed);
        terminal.Write("done\n");
        Assert.Equal(["password: done"], lines);
    }

    [Theory]
    [InlineData("", "<6>ipxe: hello", "25 <6>1 - - ipxe - - - hello")]
    [InlineData("pc7.lab", "<6>pc7.lab ipxe: hello", "31 <6>1 - pc7.lab ipxe - - - hello")]
    [InlineData("evil: x\\n<0>", "<6>ipxe: hello", "25 <6>1 - - ipxe - - - hello")]
    public void LinesHaveTheFormsOfTheirProtocols(string name, string datagram, string frame)
    {
        if (name.Length > 0) _settings.StoreText("hostname", name);
        var format = new LogFormat(_settings);
        Assert.Equal(datagram, Encoding.UTF8.GetString(format.ForUdp("hello")));
        Assert.Equal(frame, Encoding.UTF8.GetString(format.ForTls("hello")));
    }

    [Fact]
    public void LinesAreSentInOrderAndNobodyWaits()
    {
        _wire.LineMs = 1000;
        for (int i = 0; i < 5; i++) _sender.Add($"{i}");
        Assert.Empty(_wire.Sent);
        Settle(10_000);
        Assert.Equal(["0", "1", "2", "3", "4"], _wire.Sent);
        Assert.True(_wire.IsClosed);
    }

    [Fact]
    public void TooManyLinesAreLostAndCounted()
    {
        for (int i = 0; i < 200; i++) _sender.Add($"{i}");
        Settle(10_000);
        Assert.Equal([.. Enumerable.Range(0, 128).Select(i => $"{i}"), "(72 lines were lost)"], _wire.Sent);
    }

    [Fact]
    public void AServerThatCannotBeReachedIsNamedOnceAndLeftAloneForAWhile()
    {
        _wire.Failure = NetFailure.ConnectionRefused;
        _sender.Add("a");
        Wait(1000);
        _sender.Add("b");
        Wait(1000);
        Assert.Equal(1, _wire.Tries);
        Wait(40_000);
        _sender.Add("c");
        Wait(1000);
        Assert.Equal(2, _wire.Tries);
        Assert.Contains($"[{NetFailure.ConnectionRefused.Code:x8}]", Assert.Single(_notes));
        _wire.Failure = null;
        Wait(40_000);
        _sender.Add("d");
        Wait(1000);
        Assert.Equal(["a", "b", "c", "d"], _wire.Sent);
    }

    [Fact]
    public void AServerThatIsSilentCostsAHandOverOneSecond()
    {
        _wire.LineMs = long.MaxValue / 10_000;
        _sender.Add("a");
        Instant start = _clock.Now;
        Settle(1000);
        Assert.InRange((_clock.Now - start).Microseconds, 990_000, 1_100_000);
        Assert.False(_wire.IsClosed);
        Wait(40_000);
        Assert.Contains("does not answer", Assert.Single(_notes));
        Assert.True(_wire.IsClosed);
    }

    [Fact]
    public void AConnectionThatIsNotWantedAnyMoreWhenItIsThereIsClosed()
    {
        var world = new BootWorld();
        var server = new SlowServer(world.Pump);
        var console = new LogConsole(world.Console);
        (world.Log, world.LogConnector) = (console, server);
        BootSession session = world.MakeSession();
        session.Settings.StoreText("syslogs", "log.example");
        console.Write("one\n");
        world.Pump.Run(() => world.Pump.Delay(Duration.FromSeconds(1), CancellationToken.None));
        session.Settings.StoreText("syslogs", "");
        world.Pump.Run(() => world.Pump.Delay(Duration.FromSeconds(10), CancellationToken.None));
        Assert.Equal((0, 1), (server.Writes, server.Closes));
    }

    [Fact]
    public void TheSettingsChooseServersAndPorts()
    {
        var world = new BootWorld();
        var server = new ScriptedServer(world.Pump) { Answer = _ => [] };
        var console = new LogConsole(world.Console);
        (world.Log, world.LogConnector) = (console, server);
        BootSession session = world.MakeSession();
        session.Settings.StoreText("syslogs", "log.example:6514");
        console.Write("one\ntwo\n");
        world.Pump.Run(() => world.Pump.Delay(Duration.FromSeconds(1), CancellationToken.None));
        Assert.Equal(["log.example:6514"], server.Connections);
        session.Settings.StoreText("syslogs", "log.example");
        console.Write("three\n");
        world.Pump.Run(() => world.Pump.Delay(Duration.FromSeconds(1), CancellationToken.None));
        Assert.Equal(["log.example:6514", "log.example:514"], server.Connections);
        session.Settings.Clear("syslogs");
        console.Write("four\n");
        world.Pump.Run(() => world.Pump.Delay(Duration.FromSeconds(1), CancellationToken.None));
        Assert.Equal(2, server.Connections.Count);
        Assert.Equal(0, server.OpenCount);
    }

    private void Settle(long ms) => _pump.Run(() => _sender.SettleAsync(Duration.FromMilliseconds(ms)));

    private void Wait(long ms) =>
        _pump.Run(() => _pump.Delay(Duration.FromMilliseconds(ms), CancellationToken.None));

    private sealed class FakeWire(Pump pump) : ILogWire
    {
        public List<string> Sent { get; } = [];
        public long LineMs { get; set; }
        public FailureKind? Failure { get; set; }
        public int Tries { get; private set; }
        public bool IsClosed { get; private set; }

        public async Task SendAsync(string line, CancellationToken stop)
        {
            Tries++;
            if (Failure is not null) throw new BootFailure(Failure);
            if (LineMs > 0) await pump.Delay(Duration.FromMilliseconds(LineMs), stop);
            Sent.Add(line);
        }

        public void Close() => IsClosed = true;
    }

    /// <summary>Takes five seconds to connect.</summary>
    private sealed class SlowServer(Pump pump) : IStreamConnector, IByteStream
    {
        public int Writes { get; private set; }
        public int Closes { get; private set; }

        public async Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop)
        {
            await pump.Delay(Duration.FromSeconds(5), stop);
            return this;
        }

        public ValueTask<int> ReadAsync(Memory<byte> target, CancellationToken stop) => new(0);
        public ValueTask<int> FillAsync(Memory<byte> target, CancellationToken stop) => new(0);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> source, CancellationToken stop)
        {
            Writes++;
            return default;
        }

        public void Close() => Closes++;
        public void Abort() => Closes++;
    }
}
