using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.San;

/// <summary>Connects to a portal by TCP. The host is a name or an address, an IPv6 address without brackets; a name is
/// resolved anew each time. Gives up by itself after a bounded time, with a BootFailure.</summary>
public delegate Task<Portal> PortalConnector(string host, ushort port, CancellationToken stop);
