using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;

namespace Bootlace.Tls;

/// <summary>Opens the connection that TLS is to run over; gives up by itself after a bounded time.</summary>
/// <exception cref="Wire.BootFailure">The host cannot be reached.</exception>
public delegate Task<IByteStream> StreamConnect(string host, ushort port, CancellationToken stop);
