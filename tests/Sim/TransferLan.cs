using System;
using Bootlace.Net;
using Bootlace.Tests.Net;
using Bootlace.Tests.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A simulated LAN with our card and one file server that can fail in many ways: TFTP on port 69, HTTP on port
/// 80. A seed decides what is lost, doubled and late.</summary>
internal sealed class TransferLan : IPolled
{
    private readonly ModelHost _host;
    private readonly LanPort _port;
    private readonly ModelTftpService? _tftp;

    public TransferLan(Pump pump, int seed, Options? options = null)
    {
        options ??= new Options();
        pump.Add(this);   // before the host, so that it knows in time when it is silent
        var lan = new SimulatedLan(pump, seed) { Latency = options.Way, Jitter = options.Jitter };
        _port = lan.Connect(Cast.OurMac, options.CardFrames);
        Device = new FaultDevice(new Claim(_port, options.ClaimedFrames ?? options.CardFrames), seed)
        {
            DropPercent = options.LossPercent, DuplicatePercent = options.DoublePercent,
        };
        Tcp = new ModelTcpServer(80, request => Http.Respond(request)) { KeepsAlive = true };
        _host = new ModelHost(pump, lan.Connect(Cast.PeerMac), Cast.PeerIp) { Tcp = Tcp };
        if (options.Tftp is null) return;
        _tftp = new ModelTftpService(options.Tftp);
        _host.Serve(69, _tftp);
    }

    /// <summary>What the LAN and the server are like.</summary>
    public sealed record Options
    {
        public int LossPercent { get; init; }
        public int DoublePercent { get; init; }

        /// <summary>Shortest way time, and by how much more it varies: frames overtake each other.</summary>
        public Duration Way { get; init; } = Duration.FromMicroseconds(200);
        public Duration Jitter { get; init; } = Duration.Zero;

        /// <summary>Half of what our card's ring holds, and what the card says instead.</summary>
        public int CardFrames { get; init; } = 256;
        public int? ClaimedFrames { get; init; }

        /// <summary>Makes the server's end of a TFTP transfer; null: nothing listens.</summary>
        public Func<ModelTftpServer>? Tftp { get; init; }
    }

    public INetworkDevice Device { get; }
    public ModelHttpServer Http { get; } = new();
    public ModelTcpServer Tcp { get; }
    public int Overflows => _port.Overflows;
    public int TftpTransfers => _tftp?.Transfers ?? 0;

    /// <summary>The server hears and says nothing while this holds.</summary>
    public Func<bool> IsSilent { get; set; } = () => false;

    public Instant NextDeadline => Instant.Never;

    public bool Poll(Instant now)
    {
        _host.IsDead = IsSilent();
        return false;
    }

    /// <summary>A card that says it holds more than it does, or less.</summary>
    private sealed class Claim(INetworkDevice card, int frames) : INetworkDevice
    {
        public MacAddress Address => card.Address;
        public int FrameBytesMax => card.FrameBytesMax;
        public int ReceiveFramesMax => frames;
        public bool IsLinkUp => card.IsLinkUp;
        public bool Send(ReadOnlySpan<byte> frame) => card.Send(frame);
        public void Flush() => card.Flush();
        public int Receive(Span<byte> frame) => card.Receive(frame);
    }
}
