using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Support;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Boot;

/// <summary>A whole session over a fake machine: files by URI that arrive in pieces over time, a DHCP server that is a
/// function, a screen, keys.</summary>
public sealed class BootWorld
{
    public static readonly MacAddress Mac = MacAddress.Read([0x52, 0x54, 0, 0x12, 0x34, 0x56]);
    private static readonly FailureKind Missing = new(0x2dff0002, "missing", "look elsewhere");

    /// <summary>2026-06-01, at midnight.</summary>
    public const long BuildDate = 1_780_272_000;

    public BootWorld()
    {
        Console = new FakeConsole(Clock);
        Pump = new Pump(new RunningClock(Clock));
        Network = new NetworkStack(Pump, new FixedEntropy());
        Time = new WallTime(Clock, new ManualWallClock(null), BuildDate) { Noted = line => Console.Write(line) };
        Revocation = new RevocationCheck(Pump, Time, (_, _) => throw new BootFailure(Missing));
        Disks = new FakeDiskHost(Firmware);
        Opener = new FakeDiskOpener(Pump, Firmware);
    }

    public ManualClock Clock { get; } = new();
    public FakeConsole Console { get; }
    public LogConsole? Log { get; set; }
    public IStreamConnector? LogConnector { get; set; }
    public Pump Pump { get; }
    public NetworkStack Network { get; }
    public FakeFirmware Firmware { get; } = new();
    public FakeDiskHost Disks { get; }
    public FakeDiskOpener Opener { get; }
    public FakeHardware Hardware { get; } = new();
    public FakeGraphics Graphics { get; } = new();

    /// <summary>The keyboard maps that were chosen.</summary>
    public List<Keymap?> Keymaps { get; } = [];
    public TrustStore Trust { get; } = new();
    public RevocationCheck Revocation { get; }
    public WallTime Time { get; }
    public Dictionary<string, long> TimeServers { get; } = [];
    public SignerCheck VerifySigner { get; set; } = (_, _, _) => Task.CompletedTask;
    public Dictionary<string, byte[]> Files { get; } = [];
    public Dictionary<string, FailureKind> Broken { get; } = [];
    public List<string> Requests { get; } = [];

    /// <summary>What each request carried besides its URI.</summary>
    public List<RequestParameters?> Parameters { get; } = [];
    public BootSource Source { get; set; } = new();
    public string EmbeddedScript { get; set; } = "";
    public int PieceMs { get; set; } = 1;

    /// <summary>Every transfer begins anew after some bytes that were none of the file's.</summary>
    public bool BeginsAnew { get; set; }

    /// <summary>What servers say first of a file's length; null: the truth.</summary>
    public int? ExpectsBytes { get; set; }
    public Func<NetworkInterface, LeasePackets> Dhcp { get; set; } = _ => throw new BootFailure(NoAnswer);
    public Func<NetworkInterface, ushort, ReadOnlyMemory<byte>, byte[]> BootServer { get; set; } =
        (_, _, _) => throw new BootFailure(DhcpFailure.NoBootServer);
    public static FailureKind NoAnswer { get; } = new(0x4cff0001, "No DHCP server answered", "is there one?");

    public BootWorld WithCard(bool isLinkUp = true, MacAddress? address = null)
    {
        Network.Add(new SilentCard(address ?? Mac, isLinkUp), $"net{Network.Interfaces.Count}");
        return this;
    }

    public BootWorld WithFile(string uri, string text)
    {
        Files[uri] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public BootWorld WithFile(string uri, byte[] bytes)
    {
        Files[uri] = bytes;
        return this;
    }

    public ulong Run() => MakeSession().Run();

    /// <summary>Runs one line in a session of its own, without the start around it. The status of its last command.
    /// </summary>
    public Status RunLine(string line)
    {
        BootSession session = MakeSession();
        return Pump.Run(() => session.Interpreter.RunSingleLineAsync(line, new ScriptFrame(null)));
    }

    public BootSession MakeSession() => new(new BootParts
    {
        Firmware = Firmware,
        Hardware = Hardware,
        Graphics = Graphics,
        UseKeymap = Keymaps.Add,
        Console = Log is null ? Console : Log,
        Log = Log,
        LogConnector = LogConnector,
        Pump = Pump,
        Network = Network,
        Resolve = (host, _) => Task.FromResult<IReadOnlyList<IpAddress>>(
            [IpAddress.TryParse(host, out IpAddress address) ? address : throw new BootFailure(DnsFailure.NoServer)]),
        RequestLease = async (card, stop) =>
        {
            await Pump.Delay(Duration.FromMilliseconds(1500), stop);
            return Dhcp(card);
        },
        RequestBootServer = async (card, type, lease, stop) =>
        {
            await Pump.Delay(Duration.FromMilliseconds(500), stop);
            return BootServer(card, type, lease);
        },
        Fetcher = new UriFetcher(
        [
            new FakeOpener(this, "http"), new FakeOpener(this, "tftp"),
            new FileOpener((label, path, target) => VolumeFile.TryRead(Firmware, label, path, target)),
        ]),
        Disks = Disks,
        DiskOpener = Opener,
        Time = Time,
        AskTime = (server, _, _) => Task.FromResult(TimeServers[server]),
        Trust = Trust,
        Revocation = Revocation,
        TlsConnections = new NoTls(),
        VerifySigner = VerifySigner,
        PciAddressOf = _ => 0x0118,
        Source = Source,
        Version = "0.1",
        EmbeddedScript = Encoding.UTF8.GetBytes(EmbeddedScript),
    });

    /// <summary>A DHCP reply with some options.</summary>
    public static byte[] Packet(string yourAddress, string nextServer, string file, params byte[] options)
    {
        byte[] packet = new byte[240 + options.Length + 1];
        packet[0] = 2;
        packet[1] = 1;
        packet[2] = 6;
        Address(yourAddress).Write(packet.AsSpan(16));
        Address(nextServer).Write(packet.AsSpan(20));
        Mac.Write(packet.AsSpan(28));
        Encoding.ASCII.GetBytes(file, packet.AsSpan(108, 128));
        ((ReadOnlySpan<byte>)[0x63, 0x82, 0x53, 0x63]).CopyTo(packet.AsSpan(236));
        options.CopyTo(packet, 240);
        packet[^1] = 255;
        return packet;
    }

    private static Ipv4Address Address(string text) =>
        text.Length > 0 && Ipv4Address.TryParse(text, out Ipv4Address address) ? address : default;

    private sealed class FakeOpener(BootWorld world, string scheme) : IUriOpener
    {
        private const int PieceBytes = 64 * 1024;

        public string Scheme => scheme;

        public async Task<BootUri?> FetchAsync(
            BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
        {
            world.Requests.Add(uri.Text);
            world.Parameters.Add(uri.Parameters);
            await world.Pump.Delay(Duration.FromMilliseconds(1), stop);
            if (world.Broken.TryGetValue(uri.Text, out FailureKind? broken)) throw new BootFailure(broken);
            if (!world.Files.TryGetValue(uri.Text, out byte[]? body))
                throw new BootFailure(Missing, $"the server has no {uri}");
            string text = Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 200));
            if (text.StartsWith("redirect ", StringComparison.Ordinal)) return BootUri.Parse(text[9..]);
            target.Expect((ulong)(world.ExpectsBytes ?? body.Length));
            target.Expect((ulong)body.Length);
            if (world.BeginsAnew && body.Length > 0)
            {
                target.GetRoom().Span[0] = (byte)~body[0];
                target.Advance(1);
                target.Restart();
            }
            for (int at = 0; at < body.Length;)
            {
                await world.Pump.Delay(Duration.FromMilliseconds(world.PieceMs), stop);
                Memory<byte> room = target.GetRoom();
                int count = Math.Min(Math.Min(PieceBytes, room.Length), body.Length - at);
                body.AsMemory(at, count).CopyTo(room);
                target.Advance(count / 2);
                target.Advance(count - count / 2);
                at += count;
                progress.Report(target.ReceivedBytes, (ulong)body.Length);
            }
            return null;
        }
    }

    private sealed class SilentCard(MacAddress address, bool isLinkUp) : INetworkDevice
    {
        public MacAddress Address => address;
        public int FrameBytesMax => 1514;
        public int ReceiveFramesMax => 32;
        public bool IsLinkUp => isLinkUp;
        public bool Send(ReadOnlySpan<byte> frame) => true;
        public void Flush() { }
        public int Receive(Span<byte> frame) => 0;
    }

    /// <summary>Computing takes time too: a script that only loops must see it pass.</summary>
    private sealed class RunningClock(ManualClock clock) : IClock
    {
        public Instant Now
        {
            get
            {
                clock.Advance(Duration.FromMicroseconds(1));
                return clock.Now;
            }
        }

        public void Rest(Instant deadline) => clock.Rest(deadline);
    }

    private sealed class NoTls : ITlsConnections
    {
        public string Describe() => "";
    }

    private sealed class FixedEntropy : IEntropy
    {
        public void Fill(Span<byte> target) => target.Fill(0x5a);
    }
}
