using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>Asks for a PXE boot server of a type; failures are BootFailures.</summary>
/// <param name="through">The interface.</param>
/// <param name="type">The type of server.</param>
/// <param name="lease">The packet that says how to find them.</param>
/// <param name="stop">Ctrl-C.</param>
/// <returns>The server's answer, from the BOOTP header on.</returns>
public delegate Task<byte[]> BootServerRequest(
    NetworkInterface through, ushort type, ReadOnlyMemory<byte> lease, CancellationToken stop);
