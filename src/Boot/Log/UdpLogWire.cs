using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Syslog by UDP (RFC 3164, RFC 5426): a datagram for each line.</summary>
public sealed class UdpLogWire(NetworkStack network, Ipv4Address server, LogFormat format) : ILogWire
{
    private const ushort Port = 514;

    private UdpSocket? _socket;

    /// <inheritdoc/>
    public Task SendAsync(string line, CancellationToken stop)
    {
        _socket ??= network.BindUdp(null, 0);
        _socket.Send(new IpAddress(server), Port, format.ForUdp(line));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
