using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Transfer;

/// <summary>Opens byte streams to servers given by name: TCP, or TLS over it.</summary>
public interface IStreamConnector
{
    /// <summary>Another number than before: connections that were opened earlier are not to be used for anything
    /// new.</summary>
    int Generation => 0;

    /// <summary>Connects to <paramref name="host"/>, a name or an address, trying each of its addresses. Gives up by
    /// itself after a bounded time, with a BootFailure.</summary>
    Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop);
}
