using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Gets an IPv4 address and boot information from DHCP and ProxyDHCP servers, in iPXE's way and at its pace
/// (spec/ipxe-compat.md 4.2; RFC 2131, PXE 2.1).</summary>
public sealed class DhcpClient(Pump pump, NetworkStack stack, IEntropy entropy)
{
    /// <summary>Our port.</summary>
    public const ushort ClientPort = 68;

    /// <summary>Asks on one interface and configures it. Where servers refuse nothing and nobody is slow this takes two
    /// round trips; up to two seconds more where a ProxyDHCP server might still speak.</summary>
    /// <param name="on">The interface, open; whatever address it had is replaced.</param>
    /// <param name="identity">What we say of ourselves.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <exception cref="BootFailure">A kind of <see cref="DhcpFailure"/>; <see cref="NetFailure.PortInUse"/> if it runs
    /// on the interface already.</exception>
    public async Task<DhcpLease> RunAsync(NetworkInterface on, DhcpIdentity identity, CancellationToken stop)
    {
        using UdpSocket socket = stack.BindUdp(on, ClientPort);
        return await new DhcpConversation(pump, entropy, socket, on, identity).RunAsync(stop);
    }
}
