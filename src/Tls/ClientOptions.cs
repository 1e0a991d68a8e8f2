using System;
using Bootlace.Crypto;
using Bootlace.Net;

namespace Bootlace.Tls;

/// <summary>What our connections are made with. Nothing is made before the first of them; then the ciphers are timed,
/// once, and the options made anew whenever the client certificate is another one.</summary>
/// <param name="clock">Times the ciphers.</param>
/// <param name="protocol">The application protocol to ask for, such as "http/1.1"; null: none.</param>
/// <param name="readOwn">The client certificate as it is set at the moment.</param>
public sealed class ClientOptions(IClock clock, string? protocol, Func<OwnFiles> readOwn) : IDisposable
{
    private CipherSpeed? _speed;
    private TlsOptions? _options;
    private OwnFiles _own = OwnFiles.None;
    private int _generation;

    /// <summary>Another number than before: we are somebody else to servers.</summary>
    public int Generation
    {
        get
        {
            Follow();
            return _generation;
        }
    }

    /// <summary>The options for a connection that begins now.</summary>
    /// <exception cref="Wire.BootFailure">The client certificate or its key is of no use, or there is no memory or no
    /// entropy.</exception>
    public TlsOptions Take()
    {
        Follow();
        if (_options is not null) return _options;
        _speed ??= CipherSpeed.Measure(clock);
        OwnCertificate? own = _own.IsEmpty ? null : OwnCertificate.ReadFiles(_own.Certificates, _own.Key);
        return _options = new TlsOptions(_speed.Value.IsAesFaster, protocol, own);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options?.Dispose();
        _options = null;
    }

    private void Follow()
    {
        OwnFiles own = readOwn();
        if (own.IsSame(_own)) return;
        _own = own;
        _generation++;
        Dispose();
    }
}
