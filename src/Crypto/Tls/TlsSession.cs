using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>One TLS connection, as a machine between two heaps of bytes: the peer's records go in by <see
/// cref="InputRoom"/>, ours come out of <see cref="Output"/>. It waits for nothing and judges no certificate: <see
/// cref="TlsStep"/> says what it needs. A session that has thrown is to be disposed, after its last output, an alert,
/// went out.</summary>
public sealed unsafe partial class TlsSession : IDisposable
{
    private const int TicketBytesMax = 32 * 1024;
    private const byte Fatal = 2;
    private const int BufferTooSmall = -0x6a00;

    private readonly TlsOptions _options;
    private readonly int _number;
    private nint _tls;
    private bool _hasEnded, _hasShownCertificates;

    /// <summary>Begins a session.</summary>
    /// <param name="options">What it has in common with others.</param>
    /// <param name="serverName">The name for SNI; null for an address, which is never sent (RFC 6066, section
    /// 3).</param>
    /// <param name="ticket">A ticket from an earlier session with this server; empty: none. One that cannot be used is
    /// ignored.</param>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public TlsSession(TlsOptions options, string? serverName, ReadOnlySpan<byte> ticket = default)
    {
        _options = options;
        _tls = CLibrary.Allocate(Native.SizeOf(Structure.Tls));
        options.Hold();
        Native.TlsInitialize(_tls);
        _number = Register(this);
        try
        {
            int status = Native.TlsSetup(_tls, options.Handle);
            if (status == 0) status = SetServerName(serverName);
            if (status != 0) throw CryptoFailure.Of("a TLS session cannot be begun", status);
            Native.TlsTransport(_tls, _number, &Send, &Receive, 0);
            if (ticket.Length > 0) UseTicket(ticket);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The version agreed on.</summary>
    public TlsVersion Version => IsConnected ? (TlsVersion)Native.TlsVersion(_tls) : TlsVersion.None;

    /// <summary>The cipher suite's name; empty before it is known.</summary>
    public string Suite => IsConnected ? TlsSuites.NameOf(Native.TlsSuite(_tls)) : "";

    /// <summary>The application protocol agreed on; empty: none.</summary>
    public string Protocol => IsConnected ? TextAt(Native.TlsProtocol(_tls)) : "";

    /// <summary>Whether the handshake is done.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Whether an earlier session goes on: the server showed no certificate, there was nothing to judge, and
    /// the verdict is that of the session the ticket came from.</summary>
    public bool IsResumed { get; private set; }

    /// <summary>The server's certificates in DER, its own first; empty before it sent them, and in a session that goes
    /// on by TLS 1.3.</summary>
    public IReadOnlyList<byte[]> PeerCertificates => _tls == 0 ? [] : CertificateList.Copy(Native.TlsPeer(_tls));

    /// <summary>Whether a ticket came that the next session with this server may use; <see
    /// cref="SaveTicket"/>.</summary>
    public bool HasTicket { get; private set; }

    /// <summary>Goes on with the handshake as far as it goes.</summary>
    /// <exception cref="BootFailure">It failed.</exception>
    public TlsStep Handshake()
    {
        Check.That(_tls != 0 && !IsConnected);
        CLibrary.HasRunOut = false;
        int hasCertificates, status;
        do
        {
            _isStarved = false;
            status = Native.TlsHandshake(_tls, &hasCertificates);
        }
        while (status == WantsRead && !_isStarved);
        if (status == WantsRead)
        {
            RequireProgress();
            return TlsStep.NeedsInput;
        }
        if (status != 0) throw Fail(status);
        if (hasCertificates != 0)
        {
            _hasShownCertificates = true;
            return TlsStep.NeedsVerdict;
        }

        IsConnected = true;
        _inputWithoutData = 0;
        IsResumed = !_hasShownCertificates;
        HasTicket = Version == TlsVersion.Tls12;
        return TlsStep.Done;
    }

    /// <summary>Tells the server why it is refused. The session is then at its end.</summary>
    public void Refuse(TlsAlert alert)
    {
        Check.That(_tls != 0);
        Native.TlsSendAlert(_tls, Fatal, (byte)alert);
    }

    /// <summary>Takes what has arrived for us.</summary>
    /// <param name="target">Where to; not empty.</param>
    /// <param name="count">How many bytes, with <see cref="TlsRead.Data"/>.</param>
    /// <exception cref="BootFailure">A record was forged, or the stream cut off.</exception>
    public TlsRead Read(Span<byte> target, out int count)
    {
        Check.That(IsConnected && target.Length > 0);
        count = 0;
        if (_hasEnded) return TlsRead.End;
        CLibrary.HasRunOut = false;
        for (;;)
        {
            int status;
            _isStarved = false;
            fixed (byte* bytes = target) status = Native.TlsRead(_tls, bytes, (nuint)target.Length);
            switch (status)
            {
                case > 0:
                    count = status;
                    _inputWithoutData = 0;
                    return TlsRead.Data;
                case 0 when !_isStarved:
                    break;   // a record of nothing; of four in a row the library makes an end
                case WantsRead when _isStarved:
                    RequireProgress();
                    return TlsRead.NeedsInput;
                case WantsRead:
                    break;   // "call me again": a message, such as a ticket, is read already
                case NewTicket:
                    HasTicket = true;
                    break;
                case CloseNotify:
                    _hasEnded = true;
                    return TlsRead.End;
                default:
                    throw Fail(status);
            }
        }
    }

    /// <summary>Puts bytes for the peer into <see cref="Output"/>; 4096 to a record.</summary>
    /// <exception cref="BootFailure">There is no memory.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Check.That(IsConnected);
        CLibrary.HasRunOut = false;
        while (bytes.Length > 0)
        {
            int status;
            fixed (byte* start = bytes) status = Native.TlsWrite(_tls, start, (nuint)bytes.Length);
            if (status <= 0) throw Fail(status);
            bytes = bytes[status..];
        }
    }

    /// <summary>Tells the peer that nothing more comes from us.</summary>
    public void Close()
    {
        if (IsConnected) Native.TlsClose(_tls);
    }

    /// <summary>What the next session with this server needs to go on from this one: secret, and good for once.
    /// </summary>
    /// <returns>Empty when there is nothing.</returns>
    public byte[] SaveTicket()
    {
        if (!HasTicket || _tls == 0) return [];
        nint ticket = CLibrary.Allocate(Native.SizeOf(Structure.TlsTicket));
        Native.TicketInitialize(ticket);
        try
        {
            nuint length = 0;
            if (Native.TlsGetTicket(_tls, ticket) != 0) return [];
            int status = Native.TicketSave(ticket, null, 0, &length);
            if (status != BufferTooSmall || length is 0 or > TicketBytesMax) return [];
            byte[] saved = new byte[(int)length];
            fixed (byte* target = saved) status = Native.TicketSave(ticket, target, length, &length);
            return status == 0 ? saved : [];
        }
        finally
        {
            Native.TicketFree(ticket);
            CLibrary.Release(ticket);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_tls == 0) return;
        Native.TlsFree(_tls);
        CLibrary.Release(_tls);
        _tls = 0;
        IsConnected = false;
        Forget(_number);
        ClearBuffers();
        _options.LetGo();
    }

    private static string TextAt(byte* text)
    {
        if (text == null) return "";
        int length = 0;
        while (text[length] != 0) length++;
        return Encoding.ASCII.GetString(new ReadOnlySpan<byte>(text, length));
    }

    private BootFailure Fail(int status)
    {
        int alert = Native.TlsAlert(_tls);
        var place = (TlsPlace)Native.TlsPlace(_tls);
        IsConnected = false;
        return CLibrary.HasRunOut
            ? new BootFailure(CryptoFailure.OutOfMemory)
            : TlsFailure.Of(status, alert, place, _options.HasOwnCertificate);
    }

    /// <summary>Alerts that mean nothing, tickets, messages in pieces: none is forbidden, and none brings us on. Who
    /// sends that much of them never means to.</summary>
    private void RequireProgress()
    {
        if (_inputWithoutData <= InputWithoutDataMax) return;
        Refuse(TlsAlert.UnexpectedMessage);
        IsConnected = false;
        throw new BootFailure(TlsFailure.ProtocolError, "The server sends much by TLS, and no data");
    }

    private int SetServerName(string? name)
    {
        // A null says on purpose that there is none.
        if (name is null) return Native.TlsServerName(_tls, null);
        byte[] text = Encoding.ASCII.GetBytes(name + "\0");
        fixed (byte* bytes = text) return Native.TlsServerName(_tls, bytes);
    }

    private void UseTicket(ReadOnlySpan<byte> saved)
    {
        nint ticket = CLibrary.Allocate(Native.SizeOf(Structure.TlsTicket));
        Native.TicketInitialize(ticket);
        int status;
        fixed (byte* bytes = saved) status = Native.TicketLoad(ticket, bytes, (nuint)saved.Length);
        if (status == 0) Native.TlsSetTicket(_tls, ticket);
        Native.TicketFree(ticket);
        CLibrary.Release(ticket);
    }
}
