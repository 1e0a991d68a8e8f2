using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Connects by TCP, to each of a host's addresses in turn.</summary>
public sealed class TcpConnector(Pump pump, NetworkStack stack, HostResolver resolve) : IStreamConnector
{
    /// <summary>How long the last address may take to answer (TCP itself gives up a little earlier), and how long the
    /// ones before it.</summary>
    private static readonly Duration LastTimeout = Duration.FromSeconds(20), OtherTimeout = Duration.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop) =>
        await ConnectTcpAsync(host, port, stop);

    /// <summary>The same, as what it is: for those who ask for the peer's address.</summary>
    public async Task<TcpConnection> ConnectTcpAsync(string host, ushort port, CancellationToken stop)
    {
        IReadOnlyList<IpAddress> addresses = await resolve(host, stop);
        for (int i = 0; ; i++)
        {
            bool isLast = i == addresses.Count - 1;
            using var watchdog = new Watchdog(pump, stop);
            watchdog.Allow(isLast ? LastTimeout : OtherTimeout);
            try
            {
                return await stack.ConnectAsync(addresses[i], port, watchdog.Token);
            }
            catch (BootFailure) when (!isLast)
            {
            }
            catch (OperationCanceledException) when (watchdog.HasBarked && !stop.IsCancellationRequested)
            {
                if (isLast) throw new BootFailure(NetFailure.ConnectTimedOut, $"{host} port {port} does not answer");
            }
        }
    }
}
