using System;
using System.Linq;
using System.Security.Cryptography;
using Bootlace.Crypto;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects against TLS 1.3 servers that hold the keys and break the protocol: what they leave out, send
/// too early, too often or too long ends the session, and never lets one pass that has proved nothing.</summary>
[Collection(NativeTests.Name)]
public class BadServer13Tests
{
    [Fact]
    public void ACookieIsSentBack()
    {
        using var talk = new PuppetTalk13();
        talk.Session.Handshake();
        byte[] cookie = RandomNumberGenerator.GetBytes(50);
        talk.Server.AskAgain(talk.TakeSent(), extensions: [0, 44, 0, 52, 0, 50, .. cookie]);
        Assert.Equal(TlsStep.NeedsInput, talk.Hear());
        byte[] sent = talk.TakeSent();
        Assert.True(sent.AsSpan().IndexOf(cookie) > 0);
        talk.Server.Agree(sent);
        talk.Server.Prove();
        Assert.Equal(TlsStep.Done, talk.Hear());
    }

    [Fact]
    public void L1_FinishedBeforeAnythingIsABrokenProtocol()
    {
        using var talk = new PuppetTalk13();
        talk.Session.Handshake();
        talk.Server.SayMessage(Puppet.Finished, new byte[32]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L1_FinishedInsteadOfACertificateProvesNothing()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 0]);
        talk.Server.SayFinished();
        talk.FailsToHear(TlsFailure.ProtocolError);
        Assert.Equal(0, talk.Verdicts);
    }

    [Fact]
    public void L1_FinishedInsteadOfTheProofOfTheKeyProvesNothing()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.ShowCertificate();
        talk.Server.SayFinished();
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L1_AHandshakeInTheClearAfterTheKeysIsABrokenProtocol()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        byte[] message = talk.Server.Message(Puppet.EncryptedExtensions, [0, 0]);
        talk.Server.SayBytes([Puppet.Handshake, 3, 3, 0, (byte)message.Length, .. message]);
        talk.FailsToHear(TlsFailure.BadRecord);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void L1_ChangesOfCipherWithoutEndEnd(bool isAfterTheKeys)
    {
        using var talk = new PuppetTalk13();
        if (isAfterTheKeys) talk.Agree();
        else talk.Session.Handshake();
        talk.Flood(() => talk.Server.SayBytes([Puppet.ChangeCipherSpec, 3, 3, 0, 1, 1]));
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData(1, true)]   // the library wants a message's head in one piece
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(50, false)]
    public void L11_AHandshakeMayComeInHundredsOfRecords(int size, bool isRefused)
    {
        using var talk = new PuppetTalk13 { PieceMax = 1 };
        talk.Agree();
        SayInPieces(talk.Server.Message(Puppet.EncryptedExtensions, [0, 0]));
        SayInPieces(talk.Server.Message(
            Puppet.CertificateList, Puppet13.CertificateBody(PuppetTalk.Identity.Der)));
        SayInPieces(talk.Server.Message(
            Puppet.CertificateVerify, talk.Server.Signed(0x0403, (ECDsa)PuppetTalk.Identity.Key)));
        talk.Server.SayFinished();
        if (isRefused) talk.FailsToHear(TlsFailure.ProtocolError);
        else Assert.Equal(TlsStep.Done, talk.Hear());

        void SayInPieces(byte[] message)
        {
            foreach (byte[] piece in message.Chunk(size)) talk.Server.Say(Puppet.Handshake, piece);
        }
    }

    [Fact]
    public void L11_AMessageOfSixteenMegabytesIsRefusedWhenItFillsTheRoom()
    {
        foreach (byte[] head in new byte[][] { [11, 0xff, 0xff, 0xff], [11, 0, 0x44, 0], [11, 0x80, 0, 0] })
        {
            using var talk = new PuppetTalk13();
            talk.Agree();
            int before = TestPlatform.UsedBytes;
            talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 0]);
            talk.Server.Say(Puppet.Handshake, [.. head, .. new byte[8_000]]);
            talk.Server.Say(Puppet.Handshake, new byte[12_000]);
            talk.FailsToHear(TlsFailure.ProtocolError);
            Assert.InRange(TestPlatform.UsedBytes, 0, before + 4000);
        }
    }

    [Theory]
    [InlineData(0x0203)]   // ECDSA with SHA-1
    [InlineData(0x0401)]   // RSA as TLS 1.2 had it
    [InlineData(0x0807)]   // Ed25519
    [InlineData(0xffff)]
    public void L9_ASignatureOfAKindThatWasNotOfferedProvesNothing(int scheme)
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.ShowCertificate();
        talk.Server.SayMessage(Puppet.CertificateVerify,
            talk.Server.Signed((ushort)scheme, (ECDsa)PuppetTalk.Identity.Key));
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void ASignatureByAnotherKeyProvesNothing()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.ShowCertificate();
        talk.Server.SayMessage(Puppet.CertificateVerify,
            talk.Server.Signed(0x0403, (ECDsa)ChainTalk.Server(null).Key));
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void AWrongProofOfTheHandshakeProvesNothing()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.ShowCertificate();
        talk.Server.SayMessage(Puppet.CertificateVerify,
            talk.Server.Signed(0x0403, (ECDsa)PuppetTalk.Identity.Key));
        talk.Server.SayMessage(Puppet.Finished, new byte[32]);
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void AServerWithoutCertificatesIsRefused()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(Puppet.CertificateList, Puppet13.CertificateBody());
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L8_ACertificateWhoseEncodingLiesIsNamed()
    {
        foreach (byte[] liar in BadEncodingTests.Liars)
        {
            using var talk = new PuppetTalk13();
            talk.Agree();
            talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 0]);
            talk.Server.SayMessage(Puppet.CertificateList, Puppet13.CertificateBody(liar));
            // The library reads some of them, and we do not when we judge it.
            if (Record.Exception(() => talk.Hear()) is not BootFailure failure)
                Assert.Null(Certificate.TryRead(Assert.Single(talk.Session.PeerCertificates)));
            else if (liar.Length < 128)
                Assert.Same(TlsFailure.ProtocolError, failure.Kind);   // too short for the library to try
            else
                Assert.Same(TlsFailure.BadCertificate, failure.Kind);
        }
    }

    [Fact]
    public void L4_ASessionThatNobodyOfferedDoesNotGoOn()
    {
        using var talk = new PuppetTalk13();
        talk.Session.Handshake();
        talk.Server.AskAgain(talk.TakeSent());
        talk.Hear();
        talk.Server.Agree(talk.TakeSent(), extensions: [0, 41, 0, 2, 0, 0]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L4_ATicketOfNothingIsNoHarm()
    {
        byte[] ticket;
        using (var first = new PuppetTalk13())
        {
            first.Connect();
            first.Server.SayMessage(Puppet.NewSessionTicket, Puppet13.TicketBody(100));
            Assert.Equal((0, false), first.Read());
            ticket = first.Session.SaveTicket();
        }
        Assert.NotEmpty(ticket);
        for (int length = 0; length < ticket.Length; length++)
        {
            using var cut = new PuppetTalk13(ticket[..length]);
            cut.Connect();
            Assert.Equal(1, cut.Verdicts);
            Assert.False(cut.Session.IsResumed);
        }
        using var whole = new PuppetTalk13(ticket);
        whole.Connect();   // the server does not know it
        Assert.Equal(1, whole.Verdicts);
    }

    [Fact]
    public void L10_AGoodbyeInTheMiddleOfTheHandshakeIsNoConnection()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.Say(Puppet.Alert, [1, 0]);
        talk.FailsToHear(TlsFailure.Truncated);
    }

    [Fact]
    public void L12_NewKeysInTheMiddleAreNamed()
    {
        foreach (byte wantsOurs in new byte[] { 0, 1 })
        {
            using var talk = new PuppetTalk13();
            talk.Connect();
            for (int i = 0; i < 100; i++) talk.Server.SayMessage(Puppet.KeyUpdate, [wantsOurs]);
            talk.FailsToRead(TlsFailure.KeyUpdate);
        }
    }

    [Theory]
    [InlineData(10_000, false)]
    [InlineData(16_300, false)]
    [InlineData(65_535, true)]
    public void L12_ATicketOfAnySizeIsTakenOrRefused(int count, bool isRefused)
    {
        using var talk = new PuppetTalk13();
        talk.Connect();
        byte[] message = talk.Server.Message(Puppet.NewSessionTicket, Puppet13.TicketBody(count));
        foreach (byte[] piece in message.Chunk(16_384)) talk.Server.Say(Puppet.Handshake, piece);
        if (isRefused)
        {
            talk.FailsToRead(TlsFailure.ProtocolError);
            return;
        }
        talk.Server.Say(Puppet.Data, [1]);
        Assert.Equal((1, false), talk.Read());
        Assert.InRange(talk.Session.SaveTicket().Length, count, count + 1000);
    }

    [Fact]
    public void L12_TicketsWithoutEndEndAndTakeNoMemory()
    {
        using var talk = new PuppetTalk13();
        talk.Connect();
        int before = TestPlatform.UsedBytes;
        talk.Flood(() => talk.Server.SayMessage(Puppet.NewSessionTicket, Puppet13.TicketBody(200)));
        talk.FailsToRead(TlsFailure.ProtocolError);
        Assert.InRange(TestPlatform.UsedBytes, 0, before + 2000);
    }

    [Fact]
    public void L12_EarlyDataThatNobodyOfferedIsRefused()
    {
        using var talk = new PuppetTalk13();
        talk.Agree();
        talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 4, 0, 42, 0, 0]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData((ushort)29)]    // there is a share for it already
    [InlineData((ushort)256)]   // a group that was not offered: ffdhe2048
    [InlineData((ushort)0)]
    public void AskingAgainForNothingNewIsABrokenProtocol(ushort group)
    {
        using var talk = new PuppetTalk13();
        talk.Session.Handshake();
        talk.Server.AskAgain(talk.TakeSent(), group);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void AskingAgainTwiceIsABrokenProtocol()
    {
        using var talk = new PuppetTalk13();
        talk.Session.Handshake();
        talk.Server.AskAgain(talk.TakeSent());
        talk.Hear();
        talk.Server.AskAgain(talk.TakeSent(), group: 24);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L7_AShareThatIsNoPointIsRefused()
    {
        byte[][] points = [[4, .. new byte[64]], [0], [4, .. Enumerable.Repeat((byte)0xff, 64)], [4, 1, 2]];
        foreach (byte[] point in points)
        {
            using var talk = new PuppetTalk13();
            talk.Session.Handshake();
            talk.Server.AskAgain(talk.TakeSent());
            talk.Hear();
            talk.Server.AgreeOn(talk.TakeSent(), point);
            talk.FailsToHear(TlsFailure.NoCommonCipher);
        }
    }
}
