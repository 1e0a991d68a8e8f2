using System;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The settings <c>syslog</c>, an address, and <c>syslogs</c>, a host that speaks TLS: what the screen shows
/// goes there too.</summary>
internal sealed class LogServers
{
    /// <summary>As iPXE's; that of RFC 5425 is 6514.</summary>
    private const ushort TlsPort = 514;

    private readonly BootParts _parts;
    private readonly SettingsStore _settings;
    private readonly LogFormat _format;
    private readonly LogConsole _console;
    private readonly IStreamConnector _connector;
    private string _plainName = "", _secureName = "";
    private LogSender? _plain, _secure;

    /// <summary>Listens to a console.</summary>
    /// <param name="parts">The network and the loop.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="console">Whose lines are sent.</param>
    /// <param name="connector">Connects by TLS.</param>
    public LogServers(BootParts parts, SettingsStore settings, LogConsole console, IStreamConnector connector)
    {
        (_parts, _settings, _console, _connector) = (parts, settings, console, connector);
        _format = new LogFormat(settings);
    }

    /// <summary>To be called whenever a setting has changed.</summary>
    public void Apply()
    {
        string plain = Read("syslog"), secure = Read("syslogs");
        if (plain != _plainName)
        {
            _plain?.Close();
            _plain = Ipv4Address.TryParse(plain, out Ipv4Address server) && server.IsHost
                ? Make(new UdpLogWire(_parts.Network, server, _format)) : null;
            _plainName = plain;
        }
        if (secure != _secureName)
        {
            _secure?.Close();
            _secure = secure.Length > 0 ? Make(WireTo(ByteText.ToUnicode(secure))) : null;
            _secureName = secure;
        }
        _console.LineWritten = _plain is null && _secure is null ? null : Send;
    }

    /// <summary>Before somebody else gets the network: what waits is sent, if that takes no time.</summary>
    public async Task SettleAsync(Duration limit)
    {
        if (_plain is not null) await _plain.SettleAsync(limit);
        if (_secure is not null) await _secure.SettleAsync(limit);
    }

    private LogSender Make(ILogWire wire) => new(_parts.Pump, wire, _console.Note);

    private TlsLogWire WireTo(string server)
    {
        int colon = server.LastIndexOf(':');
        bool hasPort = colon > 0 && server.IndexOf(':') == colon;
        if (!hasPort || !ushort.TryParse(server[(colon + 1)..], out ushort port))
            return new TlsLogWire(_connector, server, TlsPort, _format);
        return new TlsLogWire(_connector, server[..colon], port, _format);
    }

    private string Read(string name) => _settings.TryFormat(name, out string text) ? text : "";

    private void Send(string line)
    {
        _plain?.Add(line);
        _secure?.Add(line);
    }
}
