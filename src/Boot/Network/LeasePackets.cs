using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Boot;

/// <summary>What a DHCP exchange brought.</summary>
/// <param name="Ack">The server's acknowledgement, from the BOOTP header on.</param>
/// <param name="Proxy">The ProxyDHCP answer; empty: none.</param>
public readonly record struct LeasePackets(ReadOnlyMemory<byte> Ack, ReadOnlyMemory<byte> Proxy);

/// <summary>Asks the network for a lease; failures are BootFailures.</summary>
public delegate Task<LeasePackets> LeaseRequest(NetworkInterface through, CancellationToken stop);
