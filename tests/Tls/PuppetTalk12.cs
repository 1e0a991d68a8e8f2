using Bootlace.Crypto;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>The same in TLS 1.2.</summary>
internal sealed class PuppetTalk12 : PuppetTalk
{
    public PuppetTalk12(TlsVersion most = TlsVersion.Tls13)
        : this(new Puppet12(Identity), most)
    {
    }

    private PuppetTalk12(Puppet12 server, TlsVersion most)
        : base(server, most, null) => Server = server;

    public Puppet12 Server { get; }

    /// <summary>The client's ClientHello.</summary>
    public byte[] Begin()
    {
        Assert.Equal(TlsStep.NeedsInput, Session.Handshake());
        return TakeSent();
    }

    /// <summary>The client has sent its share and its proof; the server has its own still to send.</summary>
    public void Agree()
    {
        Server.Answer(Begin());
        Assert.Equal(TlsStep.NeedsInput, Hear());
        Server.Hear(TakeSent());
    }

    /// <inheritdoc/>
    public override void Connect()
    {
        Agree();
        Server.ChangeKeys();
        Server.SayMessage(Puppet.Finished, Server.Proof());
        Assert.Equal(TlsStep.Done, Hear());
    }
}
