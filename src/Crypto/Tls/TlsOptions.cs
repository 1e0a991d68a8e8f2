using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>What sessions have in common: versions, cipher suites, application protocol, client certificate. Once
/// disposed of it is for no new session; what sessions need of it goes with the last of them.</summary>
public sealed unsafe class TlsOptions : IDisposable
{
    private readonly OwnCertificate? _own;
    private nint _options, _suites, _protocols;
    private int _sessions;
    private bool _isDisposed;

    /// <summary>Options of a client.</summary>
    /// <param name="isAesFaster">Whether AES-GCM is offered before ChaCha20: see <see cref="CipherSpeed"/>.</param>
    /// <param name="protocol">The application protocol to ask for, such as "http/1.1"; null: none.</param>
    /// <param name="own">The client certificate to show to servers that ask, which is the options' own from now on;
    /// null: none.</param>
    /// <param name="least">The lowest version spoken.</param>
    /// <param name="most">The highest version spoken.</param>
    /// <exception cref="BootFailure">There is no memory, or no entropy.</exception>
    public TlsOptions(
        bool isAesFaster, string? protocol = null, OwnCertificate? own = null,
        TlsVersion least = TlsVersion.Tls12, TlsVersion most = TlsVersion.Tls13)
    {
        _own = own;
        CLibrary.UsePsa();
        _options = CLibrary.Allocate(Native.SizeOf(Structure.TlsOptions));
        Native.OptionsInitialize(_options);
        try
        {
            Require(Native.OptionsOfClient(_options));
            Native.OptionsVersions(_options, (int)least, (int)most);
            OfferSuites(isAesFaster);
            if (protocol is not null) OfferProtocol(protocol);
            if (own is not null) Require(Native.OptionsOwnCertificate(_options, own.Chain, own.Key));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal nint Handle => _options;

    internal bool HasOwnCertificate => _own is not null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        if (_sessions == 0) Free();
    }

    /// <summary>One more session needs it.</summary>
    internal void Hold()
    {
        Check.That(!_isDisposed);
        _sessions++;
    }

    /// <summary>One needs it no more.</summary>
    internal void LetGo()
    {
        if (--_sessions == 0 && _isDisposed) Free();
    }

    private void Free()
    {
        if (_options != 0)
        {
            Native.OptionsFree(_options);
            CLibrary.Release(_options);
            _options = 0;
        }
        Release(ref _suites);
        Release(ref _protocols);
        _own?.Dispose();
    }

    private static void Release(ref nint block)
    {
        if (block != 0) CLibrary.Release(block);
        block = 0;
    }

    private static void Require(int status)
    {
        if (status != 0) throw CryptoFailure.Of("TLS cannot be set up", status);
    }

    private void OfferSuites(bool isAesFaster)
    {
        Span<ushort> suites = stackalloc ushort[TlsSuites.CountMax];
        int count = TlsSuites.Write(isAesFaster, suites);
        _suites = CLibrary.Allocate((nuint)(sizeof(int) * (count + 1)));   // ends with a zero
        for (int i = 0; i < count; i++) ((int*)_suites)[i] = suites[i];
        Native.OptionsSuites(_options, _suites);
    }

    private void OfferProtocol(string protocol)
    {
        // A list of pointers that ends with a null, and the name behind it.
        byte[] name = Encoding.ASCII.GetBytes(protocol);
        const int ListBytes = 16;
        _protocols = CLibrary.Allocate((nuint)(ListBytes + name.Length + 1));
        name.CopyTo(new Span<byte>((byte*)_protocols + ListBytes, name.Length));
        *(nint*)_protocols = _protocols + ListBytes;
        Require(Native.OptionsProtocols(_options, _protocols));
    }
}
