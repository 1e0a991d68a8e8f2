using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Gives the addresses of a host, best first, at least one; an address in text form stands for itself. Throws
/// a BootFailure where there is none.</summary>
public delegate Task<IReadOnlyList<IpAddress>> HostResolver(string host, CancellationToken stop);
