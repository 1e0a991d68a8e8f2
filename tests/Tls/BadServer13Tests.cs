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
    private const int FloodBytes = 400_000;

    [Fact]
    public void APuppetThatBehavesIsConnectedTo()
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        Assert.Equal(1, talk.Verdicts);
        Assert.Equal(TlsVersion.Tls13, talk.Session.Version);
        Assert.Equal("AES_128_GCM_SHA256", talk.Session.Suite);
        talk.Server.Say(PuppetServer.Data, new byte[1000], padding: 3000);
        talk.Server.Say(PuppetServer.Alert, [1, 0]);
        Assert.Equal((1000, true), talk.Read());
    }

    [Fact]
    public void ACookieIsSentBack()
    {
        using var talk = new PuppetTalk();
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
        using var talk = new PuppetTalk();
        talk.Session.Handshake();
        talk.Server.SayMessage(PuppetServer.Finished, new byte[32]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L1_FinishedInsteadOfACertificateProvesNothing()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayFinished();
        talk.FailsToHear(TlsFailure.ProtocolError);
        Assert.Equal(0, talk.Verdicts);
    }

    [Fact]
    public void L1_FinishedInsteadOfTheProofOfTheKeyProvesNothing()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(
            PuppetServer.CertificateList, PuppetServer.CertificateBody(PuppetTalk.Identity.Der));
        talk.Server.SayFinished();
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L1_AHandshakeInTheClearAfterTheKeysIsABrokenProtocol()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        byte[] message = talk.Server.Message(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayBytes([PuppetServer.Handshake, 3, 3, 0, (byte)message.Length, .. message]);
        talk.FailsToHear(TlsFailure.BadRecord);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void L1_ChangesOfCipherWithoutEndEnd(bool isAfterTheKeys)
    {
        using var talk = new PuppetTalk();
        if (isAfterTheKeys) talk.Agree();
        else talk.Session.Handshake();
        Flood(talk, () => talk.Server.SayBytes([PuppetServer.ChangeCipherSpec, 3, 3, 0, 1, 1]));
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L2_RecordsOfNothingEnd()
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        for (int i = 0; i < 3; i++) talk.Server.Say(PuppetServer.Data, []);
        talk.Server.Say(PuppetServer.Data, [1]);
        Assert.Equal((1, false), talk.Read());
        for (int i = 0; i < 100; i++) talk.Server.Say(PuppetServer.Data, []);
        talk.FailsToRead(TlsFailure.BadRecord);
    }

    [Theory]
    [InlineData(PuppetServer.Handshake)]
    [InlineData(PuppetServer.Alert)]
    [InlineData(0)]
    [InlineData(99)]
    public void L2_ARecordOfNothingOrOfNoKindIsABrokenProtocol(byte type)
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        talk.Server.Say(type, []);
        talk.FailsToRead(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L2_ARecordThatIsTooLongIsABrokenProtocol()
    {
        foreach (int count in new[] { 16_384, 16_385, 17_000, 60_000 })
        {
            using var talk = new PuppetTalk();
            talk.Connect();
            talk.Server.Say(PuppetServer.Data, new byte[count]);
            if (count == 16_384) Assert.Equal((count, false), talk.Read());
            else talk.FailsToRead(TlsFailure.ProtocolError);
        }
    }

    [Theory]
    [InlineData(1, true)]   // the library wants a message's head in one piece
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(50, false)]
    public void L11_AHandshakeMayComeInHundredsOfRecords(int size, bool isRefused)
    {
        using var talk = new PuppetTalk { PieceMax = 1 };
        talk.Agree();
        SayInPieces(talk.Server.Message(PuppetServer.EncryptedExtensions, [0, 0]));
        SayInPieces(talk.Server.Message(
            PuppetServer.CertificateList, PuppetServer.CertificateBody(PuppetTalk.Identity.Der)));
        SayInPieces(talk.Server.Message(
            PuppetServer.CertificateVerify, talk.Server.Signed(0x0403, (ECDsa)PuppetTalk.Identity.Key)));
        talk.Server.SayFinished();
        if (isRefused) talk.FailsToHear(TlsFailure.ProtocolError);
        else Assert.Equal(TlsStep.Done, talk.Hear());

        void SayInPieces(byte[] message)
        {
            foreach (byte[] piece in message.Chunk(size)) talk.Server.Say(PuppetServer.Handshake, piece);
        }
    }

    [Fact]
    public void L11_AMessageOfSixteenMegabytesIsRefusedWhenItFillsTheRoom()
    {
        foreach (byte[] head in new byte[][] { [11, 0xff, 0xff, 0xff], [11, 0, 0x44, 0], [11, 0x80, 0, 0] })
        {
            using var talk = new PuppetTalk();
            talk.Agree();
            int before = TestPlatform.UsedBytes;
            talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
            talk.Server.Say(PuppetServer.Handshake, [.. head, .. new byte[8_000]]);
            talk.Server.Say(PuppetServer.Handshake, new byte[12_000]);
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
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(
            PuppetServer.CertificateList, PuppetServer.CertificateBody(PuppetTalk.Identity.Der));
        talk.Server.SayMessage(PuppetServer.CertificateVerify,
            talk.Server.Signed((ushort)scheme, (ECDsa)PuppetTalk.Identity.Key));
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void ASignatureByAnotherKeyProvesNothing()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(
            PuppetServer.CertificateList, PuppetServer.CertificateBody(PuppetTalk.Identity.Der));
        talk.Server.SayMessage(PuppetServer.CertificateVerify,
            talk.Server.Signed(0x0403, (ECDsa)ChainTalk.Server(null).Key));
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void AWrongProofOfTheHandshakeProvesNothing()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(
            PuppetServer.CertificateList, PuppetServer.CertificateBody(PuppetTalk.Identity.Der));
        talk.Server.SayMessage(PuppetServer.CertificateVerify,
            talk.Server.Signed(0x0403, (ECDsa)PuppetTalk.Identity.Key));
        talk.Server.SayMessage(PuppetServer.Finished, new byte[32]);
        talk.FailsToHear(TlsFailure.BadProof);
    }

    [Fact]
    public void AServerWithoutCertificatesIsRefused()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 0]);
        talk.Server.SayMessage(PuppetServer.CertificateList, PuppetServer.CertificateBody());
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L4_ASessionThatNobodyOfferedDoesNotGoOn()
    {
        using var talk = new PuppetTalk();
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
        using (var first = new PuppetTalk())
        {
            first.Connect();
            first.Server.SayMessage(PuppetServer.NewSessionTicket, PuppetServer.TicketBody(100));
            Assert.Equal((0, false), first.Read());
            ticket = first.Session.SaveTicket();
        }
        Assert.NotEmpty(ticket);
        for (int length = 0; length < ticket.Length; length++)
        {
            using var cut = new PuppetTalk(ticket[..length]);
            cut.Connect();
            Assert.Equal(1, cut.Verdicts);
            Assert.False(cut.Session.IsResumed);
        }
        using var whole = new PuppetTalk(ticket);
        whole.Connect();   // the server does not know it
        Assert.Equal(1, whole.Verdicts);
    }

    [Theory]
    [InlineData(40, 0x3c0c0003u, true)]
    [InlineData(70, 0x440c0002u, true)]
    [InlineData(80, 0x420c0001u, true)]
    [InlineData(112, 0x420c0001u, true)]
    [InlineData(40, 0x420c0001u, false)]
    [InlineData(116, 0x020c000du, false)]
    [InlineData(10, 0x420c0001u, false)]
    [InlineData(255, 0x420c0001u, false)]
    public void L10_AnAlertIsTheFailureItNames(byte alert, uint code, bool isEarly)
    {
        using var talk = new PuppetTalk();
        if (isEarly) talk.Session.Handshake();
        else talk.Connect();
        talk.Server.Say(PuppetServer.Alert, [2, alert]);
        BootFailure failure = isEarly
            ? Assert.Throws<BootFailure>(() => talk.Hear()) : Assert.Throws<BootFailure>(() => talk.Read());
        Assert.True(failure.Kind.Code == code, failure.Describe());
        if (code == TlsFailure.Refused.Code) Assert.Contains(TlsAlerts.NameOf(alert), failure.Message);
    }

    [Fact]
    public void L10_WarningsWithoutEndEnd()
    {
        using (var early = new PuppetTalk())
        {
            early.Session.Handshake();
            Flood(early, () => early.Server.Say(PuppetServer.Alert, [1, 90]));
            early.FailsToHear(TlsFailure.ProtocolError);
        }
        using var late = new PuppetTalk();
        late.Connect();
        Flood(late, () => late.Server.Say(PuppetServer.Alert, [1, 90]));
        late.FailsToRead(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L10_AGoodbyeInTheMiddleOfTheHandshakeIsNoConnection()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.Say(PuppetServer.Alert, [1, 0]);
        talk.FailsToHear(TlsFailure.Truncated);
    }

    [Theory]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 2, 40, 0 })]
    [InlineData(new byte[] { 1, 0, 1, 0 })]
    public void L10_AnAlertOfAnotherLengthIsABrokenProtocol(byte[] alert)
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        talk.Server.Say(PuppetServer.Alert, alert);
        talk.FailsToRead(TlsFailure.ProtocolError);
    }

    [Fact]
    public void L12_NewKeysInTheMiddleAreNamed()
    {
        foreach (byte wantsOurs in new byte[] { 0, 1 })
        {
            using var talk = new PuppetTalk();
            talk.Connect();
            for (int i = 0; i < 100; i++) talk.Server.SayMessage(PuppetServer.KeyUpdate, [wantsOurs]);
            talk.FailsToRead(TlsFailure.KeyUpdate);
        }
    }

    [Theory]
    [InlineData(10_000, false)]
    [InlineData(16_300, false)]
    [InlineData(65_535, true)]
    public void L12_ATicketOfAnySizeIsTakenOrRefused(int count, bool isRefused)
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        byte[] message = talk.Server.Message(PuppetServer.NewSessionTicket, PuppetServer.TicketBody(count));
        foreach (byte[] piece in message.Chunk(16_384)) talk.Server.Say(PuppetServer.Handshake, piece);
        if (isRefused)
        {
            talk.FailsToRead(TlsFailure.ProtocolError);
            return;
        }
        talk.Server.Say(PuppetServer.Data, [1]);
        Assert.Equal((1, false), talk.Read());
        Assert.InRange(talk.Session.SaveTicket().Length, count, count + 1000);
    }

    [Fact]
    public void L12_TicketsWithoutEndEndAndTakeNoMemory()
    {
        using var talk = new PuppetTalk();
        talk.Connect();
        int before = TestPlatform.UsedBytes;
        Flood(talk, () => talk.Server.SayMessage(PuppetServer.NewSessionTicket, PuppetServer.TicketBody(200)));
        talk.FailsToRead(TlsFailure.ProtocolError);
        Assert.InRange(TestPlatform.UsedBytes, 0, before + 2000);
    }

    [Fact]
    public void L12_EarlyDataThatNobodyOfferedIsRefused()
    {
        using var talk = new PuppetTalk();
        talk.Agree();
        talk.Server.SayMessage(PuppetServer.EncryptedExtensions, [0, 4, 0, 42, 0, 0]);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData((ushort)29)]    // there is a share for it already
    [InlineData((ushort)256)]   // a group that was not offered: ffdhe2048
    [InlineData((ushort)0)]
    public void AskingAgainForNothingNewIsABrokenProtocol(ushort group)
    {
        using var talk = new PuppetTalk();
        talk.Session.Handshake();
        talk.Server.AskAgain(talk.TakeSent(), group);
        talk.FailsToHear(TlsFailure.ProtocolError);
    }

    [Fact]
    public void AskingAgainTwiceIsABrokenProtocol()
    {
        using var talk = new PuppetTalk();
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
            using var talk = new PuppetTalk();
            talk.Session.Handshake();
            talk.Server.AskAgain(talk.TakeSent());
            talk.Hear();
            talk.Server.AgreeOn(talk.TakeSent(), point);
            talk.FailsToHear(TlsFailure.NoCommonCipher);
        }
    }

    private static void Flood(PuppetTalk talk, Action say)
    {
        while (talk.Server.SaidBytes < FloodBytes) say();
    }
}
