using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tls;
using Bootlace.Transfer;

namespace Bootlace.Loader;

/// <summary>TLS, for transfers.</summary>
internal sealed class TlsStreams(TlsConnector tls) : IStreamConnector
{
    /// <inheritdoc/>
    public int Generation => tls.Generation;

    /// <inheritdoc/>
    public async Task<IByteStream> ConnectAsync(string host, ushort port, CancellationToken stop) =>
        await tls.ConnectAsync(host, port, stop);
}
