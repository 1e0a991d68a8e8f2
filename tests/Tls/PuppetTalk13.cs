using Bootlace.Crypto;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>The same in TLS 1.3.</summary>
internal sealed class PuppetTalk13 : PuppetTalk
{
    public PuppetTalk13(byte[]? ticket = null)
        : this(new Puppet13(Identity), ticket)
    {
    }

    private PuppetTalk13(Puppet13 server, byte[]? ticket)
        : base(server, TlsVersion.Tls13, ticket) => Server = server;

    public Puppet13 Server { get; }

    /// <summary>Both have agreed on keys; the server has its certificate still to show.</summary>
    public void Agree()
    {
        Assert.Equal(TlsStep.NeedsInput, Session.Handshake());
        Server.AskAgain(TakeSent());
        Assert.Equal(TlsStep.NeedsInput, Hear());
        Server.Agree(TakeSent());
    }

    /// <inheritdoc/>
    public override void Connect()
    {
        Agree();
        Server.Prove();
        Assert.Equal(TlsStep.Done, Hear());
    }
}
