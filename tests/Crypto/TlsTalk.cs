using System;
using System.Net.Security;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Crypto;

/// <summary>Our session and .NET's TLS server at the two ends of a connection in memory.</summary>
internal sealed class TlsTalk : IDisposable
{
    private readonly DuplexStream _wire;

    public TlsTalk(
        TlsOptions options, SslServerAuthenticationOptions server, string? name = null, byte[]? ticket = null)
    {
        (_wire, DuplexStream other) = DuplexStream.CreatePair();
        Server = new SslStream(other);
        Accepting = AcceptAsync(server);
        Session = new TlsSession(options, name, ticket);
    }

    public TlsSession Session { get; }

    public SslStream Server { get; }

    /// <summary>The server's side of the handshake.</summary>
    public Task Accepting { get; }

    /// <summary>How often the session asked for a verdict; the answer is yes.</summary>
    public int Verdicts { get; private set; }

    public async Task ConnectAsync()
    {
        for (;;)
        {
            TlsStep step = Session.Handshake();
            Flush();
            if (step == TlsStep.Done)
                break;
            if (step == TlsStep.NeedsVerdict)
                Verdicts++;
            else
                await ReceiveAsync();
        }
        await Accepting;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Session.Write(bytes);
        Flush();
    }

    /// <summary>Reads until so many bytes or the end.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] got = new byte[count];
        int done = 0;
        while (done < count)
        {
            TlsRead result = Session.Read(got.AsSpan(done), out int read);
            done += read;
            if (result == TlsRead.End)
                break;
            if (result == TlsRead.NeedsInput)
                await ReceiveAsync();
        }
        return got[..done];
    }

    public void Flush()
    {
        _wire.Write(Session.Output.Span);
        Session.ClearOutput();
    }

    public async Task ReceiveAsync() => Session.AddInput(await _wire.ReadAsync(Session.InputRoom));

    private async Task AcceptAsync(SslServerAuthenticationOptions server)
    {
        try
        {
            await Server.AuthenticateAsServerAsync(server);
        }
        catch
        {
            Server.Dispose();   // or we would wait for it for ever
            throw;
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        Server.Dispose();
    }
}
