using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Tests.Transfer;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>Our whole stack and transfers, a LAN, and a server with HTTP and TFTP, on a manual clock.</summary>
public sealed class SimulatedWorld
{
    private static readonly MacAddress OurMac = MacAddress.Read([2, 0, 0, 0, 0, 1]);
    private static readonly MacAddress ServerMac = MacAddress.Read([2, 0, 0, 0, 0, 2]);
    private static readonly Ipv4Address OurIp = new(10, 1, 0, 1);
    public static readonly Ipv4Address ServerIp = new(10, 1, 0, 2);

    private readonly byte[][] _files;

    /// <param name="seed">Decides whatever is left to chance.</param>
    /// <param name="files">What the server has, as /0, /1 …</param>
    /// <param name="lan">Builds the cables.</param>
    /// <param name="ourCard">Puts faults or a capture around our card.</param>
    /// <param name="receiveFramesMax">What our card holds.</param>
    /// <param name="vlan">The VLAN in which we are, our card itself being closed, and the server; 0: none.</param>
    public SimulatedWorld(
        int seed, byte[][] files, Func<Pump, SimulatedLan>? lan = null,
        Func<INetworkDevice, INetworkDevice>? ourCard = null, int receiveFramesMax = 256, int vlan = 0)
    {
        _files = files;
        Pump = new Pump(Clock);
        Lan = lan?.Invoke(Pump) ?? new SimulatedLan(Pump, seed);
        Stack = new NetworkStack(Pump, new SeededEntropy(seed)) { FaultReported = (_, fault) => Fault ??= fault };
        OurPort = Lan.Connect(OurMac, receiveFramesMax);
        INetworkDevice card = ourCard?.Invoke(OurPort) ?? OurPort;
        NetworkInterface net0 = Stack.Add(card, "net0");
        if (vlan > 0)
        {
            net0.Close();
            net0 = Stack.AddVlan(net0, VlanTag.Of(vlan, 0));
        }
        net0.Configure(new Ipv4Configuration(OurIp, 24));
        INetworkDevice server = Lan.Connect(ServerMac);
        Server = new ModelHost(Pump, vlan > 0 ? new TaggingPort(server, vlan) : server, ServerIp)
        {
            Tcp = new ModelTcpServer(80, RespondHttp),
        };
        Server.Serve(69, new ModelTftpService(() => new ModelTftpServer(files[0])));
        HostResolver resolve = (_, _) => Task.FromResult<IReadOnlyList<IpAddress>>([ServerIp]);
        Fetcher = new UriFetcher(
        [
            new HttpOpener(Pump, new TcpConnector(Pump, Stack, resolve), new HttpOptions()),
            new TftpOpener(Pump, Stack, resolve, new TftpTuning { WindowBlocksMax = 16 }),
        ]);
    }

    public ManualClock Clock { get; } = new();
    public Pump Pump { get; }
    public SimulatedLan Lan { get; }
    public NetworkStack Stack { get; }
    public LanPort OurPort { get; }
    public ModelHost Server { get; }
    public UriFetcher Fetcher { get; }

    /// <summary>The first exception a frame led to.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Fetches one file.</summary>
    public async Task<byte[]> FetchAsync(string scheme, int file, CancellationToken stop)
    {
        var body = new MemoryBody();
        BootUri uri = BootUri.Parse($"{scheme}://{ServerIp}/{file}");
        await Fetcher.FetchAsync(uri, body, body, stop);
        return body.Bytes;
    }

    /// <summary>Runs work that has to be over in so much simulated time.</summary>
    public T Run<T>(Duration limit, Func<CancellationToken, Task<T>> work)
    {
        using var stop = new CancellationTokenSource();
        PumpTimer timer = Pump.Schedule(limit, stop.Cancel);
        try
        {
            return Pump.Run(() => work(stop.Token));
        }
        finally
        {
            timer.Cancel();
        }
    }

    public static byte[] RandomFile(int seed, int bytes)
    {
        byte[] file = new byte[bytes];
        new Random(seed).NextBytes(file);
        return file;
    }

    private byte[]? RespondHttp(byte[] request)
    {
        string head = Encoding.ASCII.GetString(request);
        if (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal)) return null;
        int name = head.IndexOf('/') + 1;
        byte[] file = _files[int.Parse(head[name..head.IndexOf(' ', name)], CultureInfo.InvariantCulture)];
        int range = head.IndexOf("bytes=", StringComparison.Ordinal);
        int start = range < 0
            ? 0 : int.Parse(head[(range + 6)..head.IndexOf('-', range)], CultureInfo.InvariantCulture);
        string status = range < 0
            ? "200 OK\r\n"
            : $"206 Partial Content\r\nContent-Range: bytes {start}-{file.Length - 1}/{file.Length}\r\n";
        string text =
            $"HTTP/1.1 {status}ETag: \"1\"\r\nContent-Length: {file.Length - start}\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(text), .. file[start..]];
    }
}
