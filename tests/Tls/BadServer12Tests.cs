using System;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Crypto;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects against TLS 1.2 servers that break the protocol: what they leave out, send too early or too often
/// ends the session, and never lets one pass that has proved nothing.</summary>
[Collection(NativeTests.Name)]
public class BadServer12Tests
{
    [Fact]
    public void L2_AnAnswerMayBeCutInTwoAnywhere()
    {
        int length;
        using (var one = new PuppetTalk12())
        {
            one.Server.Answer(one.Begin());
            length = one.Server.SaidBytes;
        }
        for (int at = 1; at < length; at += at < 10 ? 1 : 7)
        {
            using var talk = new PuppetTalk12(TlsVersion.Tls12);
            talk.Server.Answer(talk.Begin());
            byte[] said = talk.Server.TakeSaid();
            talk.Server.SayBytes(said[..Math.Min(at, said.Length)]);
            Assert.Equal(TlsStep.NeedsInput, talk.Hear());
            Assert.Empty(talk.TakeSent());
            talk.Server.SayBytes(said[Math.Min(at, said.Length)..]);
            Assert.Equal(TlsStep.NeedsInput, talk.Hear());
            Assert.NotEmpty(talk.TakeSent());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void L1_NewKeysBeforeTheirTimeAreABrokenProtocol(int messages)
    {
        using var talk = new PuppetTalk12();
        byte[] hello = talk.Begin();
        if (messages > 0) talk.Server.SayHello(hello);
        if (messages > 1) talk.Server.SayCertificate();
        if (messages > 2) talk.Server.SayShare();
        talk.Server.Say(Puppet.ChangeCipherSpec, [1]);
        talk.Server.SayMessage(Puppet.Finished, new byte[12]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void L1_AProofBeforeTheNewKeysOrInTheClearIsABrokenProtocol(bool changesKeys)
    {
        using var talk = new PuppetTalk12();
        talk.Agree();
        byte[] message = talk.Server.Message(Puppet.Finished, talk.Server.Proof());
        if (changesKeys) talk.Server.ChangeKeys();
        talk.Server.SayBytes([Puppet.Handshake, 3, 3, 0, (byte)message.Length, .. message]);
        talk.FailsToHear(changesKeys ? TlsFailure.BadRecord : TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AMessageThatIsLeftOutIsABrokenProtocol(bool hasCertificate)
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin());
        if (hasCertificate) talk.Server.SayCertificate();
        else talk.Server.SayShare();
        talk.Server.SayMessage(Puppet.ServerHelloDone, []);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void AWrongProofProvesNothing()
    {
        using var talk = new PuppetTalk12();
        talk.Agree();
        talk.Server.ChangeKeys();
        talk.Server.SayMessage(Puppet.Finished, new byte[12]);
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)1)]
    public void AServerThatWouldSpeakTls13IsNotBelievedThatItCannot(byte end)
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin(), randomEnd: [.. "DOWNGRD"u8, end]);
        talk.FailsToHear(TlsFailure.Downgraded);
        using var old = new PuppetTalk12(TlsVersion.Tls12);   // we did not offer 1.3
        old.Server.SayHello(old.Begin(), randomEnd: [.. "DOWNGRD"u8, 1]);
        Assert.Equal(TlsStep.NeedsInput, old.Hear());
    }

    [Theory]
    [InlineData((ushort)0x302)]
    [InlineData((ushort)0x301)]
    [InlineData((ushort)0x300)]
    [InlineData((ushort)0x002)]
    public void AnOlderVersionIsNotAgreedTo(ushort version)
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin(), version: version);
        talk.FailsToHear(TlsFailure.NoCommonVersion);
    }

    [Theory]
    [InlineData((ushort)0x002f)]   // RSA key exchange, AES-128-CBC
    [InlineData((ushort)0x0000)]
    [InlineData((ushort)0x1301)]   // one of TLS 1.3
    public void ASuiteThatWasNotOfferedIsNotAgreedTo(ushort suite)
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin(), suite);
        BootFailure failure = Assert.Throws<BootFailure>(() => talk.Hear());
        Assert.True(failure.Kind == TlsFailure.NoCommonCipher || failure.Kind == TlsFailure.ProtocolError,
            failure.Describe());
    }

    [Theory]
    [InlineData(0x0203, "SHA1")]
    [InlineData(0x0303, "SHA256")]   // says SHA-224
    [InlineData(0x0807, "SHA256")]   // Ed25519
    [InlineData(0x0401, "SHA256")]   // RSA, which its key is not
    [InlineData(0x0000, "SHA256")]
    public void L9_ASignatureOfAKindThatWasNotOfferedProvesNothing(int scheme, string hash)
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin());
        talk.Server.SayCertificate();
        talk.Server.SayShare(scheme: (ushort)scheme, hash: new HashAlgorithmName(hash));
        talk.Server.SayMessage(Puppet.ServerHelloDone, []);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void ASignatureByAnotherKeyProvesNothing()
    {
        using var talk = new PuppetTalk12();
        talk.Server.SayHello(talk.Begin());
        talk.Server.SayCertificate();
        talk.Server.SayShare(key: (ECDsa)ChainTalk.Server(null).Key);
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void L7_ASharesPointOrCurveIsLookedAt()
    {
        byte[] zeros = [4, .. new byte[64]];
        foreach (byte[] parameters in new[]
        {
            Puppet12.Parameters([0]), Puppet12.Parameters(zeros), Puppet12.Parameters([]),
            Puppet12.Parameters([4, .. Enumerable.Repeat((byte)0xff, 64)]),
            Puppet12.Parameters([2, .. Enumerable.Repeat((byte)0xff, 32)]),
            Puppet12.Parameters(zeros, kind: 1), Puppet12.Parameters(zeros, kind: 2),
            Puppet12.Parameters([4, .. new byte[56]], group: 21), Puppet12.Parameters(zeros, group: 26),
        })
        {
            using var talk = new PuppetTalk12();
            talk.Server.SayHello(talk.Begin());
            talk.Server.SayCertificate();
            talk.Server.SayShare(parameters);
            talk.Server.SayMessage(Puppet.ServerHelloDone, []);
            BootFailure failure = Assert.Throws<BootFailure>(() => talk.Hear());
            Assert.True(failure.Kind == TlsFailure.NoCommonCipher || failure.Kind == TlsFailure.ProtocolError,
                failure.Describe());
        }
    }

    [Fact]
    public void WishesToBeginAnewWithoutEndEnd()
    {
        using var talk = new PuppetTalk12();
        talk.Connect();
        talk.Flood(() => talk.Server.SayMessage(Puppet.HelloRequest, []));
        talk.FailsToRead(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L12_AMessageThatOnlyAHandshakeHasIsABrokenProtocol()
    {
        foreach (byte type in new[] { Puppet.NewSessionTicket, Puppet.ServerHello, Puppet.Finished, Puppet.KeyUpdate })
        {
            using var talk = new PuppetTalk12();
            talk.Connect();
            talk.Server.SayMessage(type, new byte[40]);
            talk.FailsToRead(TlsFailure.ProtocolError);
        }
    }
}
