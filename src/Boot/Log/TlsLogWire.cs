using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Syslog by TLS (RFC 5425): lines over a connection that is kept.</summary>
internal sealed class TlsLogWire(IStreamConnector connector, string host, ushort port, LogFormat format) : ILogWire
{
    private IByteStream? _stream;
    private int _generation, _closes;

    /// <inheritdoc/>
    public async Task SendAsync(string line, CancellationToken stop)
    {
        byte[] frame = format.ForTls(line);
        if (_stream is not null && _generation != connector.Generation) Close();
        if (_stream is not null && await TrySendAsync(frame, stop)) return;
        (_generation, int closes) = (connector.Generation, _closes);
        IByteStream stream = await connector.ConnectAsync(host, port, stop);
        _stream = stream;
        if (closes != _closes) Close();   // while it was opened
        else await stream.WriteAsync(frame, stop);
    }

    /// <inheritdoc/>
    public void Close()
    {
        _closes++;
        _stream?.Close();
        _stream = null;
    }

    /// <summary>False: the server had closed the connection meanwhile.</summary>
    private async Task<bool> TrySendAsync(ReadOnlyMemory<byte> frame, CancellationToken stop)
    {
        try
        {
            await _stream!.WriteAsync(frame, stop);
            return true;
        }
        catch (BootFailure)
        {
            _stream = null;
            return false;
        }
    }
}
