using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>All network interfaces as commands use them. netX is the one opened last.</summary>
public sealed class NetworkPorts : INetwork
{
    private readonly HostResolver _resolve;
    private readonly List<InterfacePort> _ports = [];
    private readonly List<InterfacePort> _opened = [];   // the last one last

    /// <summary>Makes ports and settings blocks of all cards; they start closed.</summary>
    public NetworkPorts(
        NetworkStack network, SettingsStore settings, IConsole console, Pump pump, LeaseRequest requestLease,
        HostResolver resolve)
    {
        _resolve = resolve;
        Settings = settings;
        Console = console;
        Pump = pump;
        RequestLease = requestLease;
        settings.Register(new AliasBlock("netX", () => ((InterfacePort?)LastOpened ?? FirstOrNull())?.Block),
            settings.Root);
        foreach (NetworkInterface card in network.Interfaces)
        {
            card.Close();
            _ports.Add(new InterfacePort(this, card));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<IInterface> Interfaces => _ports;

    /// <inheritdoc/>
    public IInterface? LastOpened => _opened.Count > 0 ? _opened[_opened.Count - 1] : null;

    /// <inheritdoc/>
    public async Task<byte[]> ResolveAsync(string host, CancellationToken stop)
    {
        IpAddress address = (await _resolve(ByteText.ToUnicode(host), stop))[0];
        byte[] bytes = new byte[address.IsIpv4 ? Ipv4Address.Bytes : Ipv6Address.Bytes];
        if (address.IsIpv4) address.Ipv4.Write(bytes);
        else address.Ipv6.Write(bytes);
        return bytes;
    }

    /// <summary>The same, as what they are.</summary>
    public IReadOnlyList<InterfacePort> Ports => _ports;

    internal SettingsStore Settings { get; }
    internal IConsole Console { get; }
    internal Pump Pump { get; }
    internal LeaseRequest RequestLease { get; }

    internal void Opened(InterfacePort port)
    {
        _opened.Remove(port);
        _opened.Add(port);
    }

    internal void Closed(InterfacePort port) => _opened.Remove(port);

    private InterfacePort? FirstOrNull() => _ports.Count > 0 ? _ports[0] : null;
}
