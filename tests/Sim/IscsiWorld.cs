using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Tests.Support;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>Our stack, a LAN, and a host with an iSCSI target that can be restarted, on a manual clock.</summary>
public sealed class IscsiWorld
{
    private const ushort Port = 3260;
    private static readonly MacAddress OurMac = MacAddress.Read([2, 0, 0, 0, 0, 1]);
    private static readonly MacAddress ServerMac = MacAddress.Read([2, 0, 0, 0, 0, 2]);
    private static readonly Ipv4Address OurIp = new(10, 1, 0, 1), ServerIp = new(10, 1, 0, 2);

    /// <param name="seed">Decides whatever is left to chance.</param>
    /// <param name="lan">Builds the cables.</param>
    /// <param name="ourCard">Puts faults around our card.</param>
    public IscsiWorld(
        int seed, Func<Pump, SimulatedLan>? lan = null, Func<INetworkDevice, INetworkDevice>? ourCard = null)
    {
        Pump = new Pump(Clock);
        Lan = lan?.Invoke(Pump) ?? new SimulatedLan(Pump, seed);
        Entropy = new SeededEntropy(seed);
        Stack = new NetworkStack(Pump, Entropy) { FaultReported = (_, fault) => Fault ??= fault };
        LanPort port = Lan.Connect(OurMac);
        Stack.Add(ourCard?.Invoke(port) ?? port, "net0").Configure(new Ipv4Configuration(OurIp, 24));
        Server = new ModelHost(Pump, Lan.Connect(ServerMac), ServerIp)
        {
            Tcp = new ModelTcpServer(Port, _ => null) { Converse = () => Target.Accept() },
        };
        Target.Clock = () => Pump.Now;
    }

    public ManualClock Clock { get; } = new();
    public Pump Pump { get; }
    public SimulatedLan Lan { get; }
    public SeededEntropy Entropy { get; }
    public NetworkStack Stack { get; }
    public ModelHost Server { get; }
    public ModelIscsiTarget Target { get; } = new() { Time2Wait = 0 };

    /// <summary>The first exception a frame led to.</summary>
    public Exception? Fault { get; private set; }

    public IscsiOptions Options { get; } = new()
    {
        Path = new RootPath { Server = "san.test", TargetName = ModelIscsiTarget.DefaultName },
        InitiatorName = "iqn.2025-01.test.bootlace:us",
    };

    public IscsiDisk Open() =>
        Pump.Run(() => IscsiDisk.OpenAsync(Pump, Entropy, ConnectAsync, Options, default));

    public byte[] Read(IscsiDisk disk, ulong firstBlock, int bytes)
    {
        byte[] target = new byte[bytes];
        Pump.Run(async () => await disk.ReadAsync(firstBlock, target, default));
        return target;
    }

    public void Write(IscsiDisk disk, ulong firstBlock, byte[] bytes) =>
        Pump.Run(async () => await disk.WriteAsync(firstBlock, bytes, default));

    public void Close(IscsiDisk disk) => Pump.Run(async () => await disk.CloseAsync());

    /// <summary>The daemon dies, and is back after a while.</summary>
    public void Restart(Duration length)
    {
        Server.Tcp!.Die(Server);
        Server.Tcp.IsListening = false;
        Pump.Schedule(length, () => Server.Tcp.IsListening = true);
    }

    /// <summary>The whole machine is off for a while; its connections are forgotten.</summary>
    public void SwitchOff(Duration length)
    {
        Server.IsDead = true;
        Pump.Schedule(length, () =>
        {
            Server.IsDead = false;
            Server.Tcp!.Die(Server);
        });
    }

    /// <summary>The cable is out for a while.</summary>
    public void Cut(Duration length)
    {
        Lan.IsCut = true;
        Pump.Schedule(length, () => Lan.IsCut = false);
    }

    private async Task<Portal> ConnectAsync(string host, ushort port, CancellationToken stop) =>
        new(await Stack.ConnectAsync(ServerIp, port, stop), ServerIp);
}
