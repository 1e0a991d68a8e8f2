using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Opens <c>http:</c> or <c>https:</c> URIs: HTTP/1.1 GET (RFC 9110, 9112) with kept connections, redirects
/// and resume.</summary>
public sealed class HttpOpener : IUriOpener
{
    private readonly Pump _pump;
    private readonly HttpOptions _options;
    private readonly HttpPool _pool;

    /// <summary>An opener whose connections come from <paramref name="connector"/>: over TLS, if it is to be one for
    /// https.</summary>
    public HttpOpener(Pump pump, IStreamConnector connector, HttpOptions options, bool isSecure = false)
    {
        Scheme = isSecure ? "https" : "http";
        _pump = pump;
        _options = options;
        _pool = new HttpPool(pump, connector, options.IdleTimeout);
    }

    /// <inheritdoc/>
    public string Scheme { get; }

    /// <inheritdoc/>
    public void CloseIdle() => _pool.CloseAll();

    /// <inheritdoc/>
    public Task<BootUri?> FetchAsync(
        BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(uri.Host)) throw new BootFailure(UriFailure.NoHost, $"'{uri}' names no server");
        var request = new HttpRequest(uri, _options.UserAgent);
        ushort port = HttpConnectors.PortOf(uri);
        var download = new HttpDownload(_pump, _pool, _options, request, uri.Host, port, target, progress);
        return download.RunAsync(stop);
    }
}
