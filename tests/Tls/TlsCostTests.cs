using System.Linq;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects the library's memory, which is bounded: no handshake leaves anything there, and a long chain
/// takes little of it.</summary>
[Collection(NativeTests.Name)]
public class TlsCostTests(PeerKeys keys)
{
    private const int Rounds = 500, CertificatesMax = 10;

    public static TheoryData<TlsVersion> Versions => [TlsVersion.Tls12, TlsVersion.Tls13];

    [Theory]
    [MemberData(nameof(Versions))]
    public void FiveHundredHandshakesOfEachVersionLeaveNothing(TlsVersion version)
    {
        int before = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using (PuppetTalk talk = PuppetTalk.Make(version))
            {
                talk.Connect();
                talk.Puppet.Say(Puppet.Data, new byte[5000]);
                if (version == TlsVersion.Tls13)
                    talk.Puppet.SayMessage(Puppet.NewSessionTicket, Puppet13.TicketBody(200));
                talk.Puppet.Say(Puppet.Alert, [1, 0]);
                Assert.Equal((5000, true), talk.Read());
                talk.Session.SaveTicket();
                talk.Session.Close();
            }
            if (round == 0) before = TestPlatform.UsedBytes;   // the generator's own memory stays
            Assert.Equal(before, TestPlatform.UsedBytes);
        }
    }

    [Fact]
    public void TenCertificatesWithLongKeysTakeLessThanAHundredKilobytes()
    {
        byte[] longOne = keys.Server("rsa4096").Der;
        using (var first = new PuppetTalk13()) first.Connect();   // what the library keeps for good is there now
        using var talk = new PuppetTalk13();
        int before = TestPlatform.UsedBytes;
        TestPlatform.UsedBytesMost = before;
        talk.Agree();
        talk.Server.SayMessage(Puppet.EncryptedExtensions, [0, 0]);
        byte[][] list = [PuppetTalk.Identity.Der, .. Enumerable.Repeat(longOne, CertificatesMax - 1)];
        talk.Server.SayMessage(Puppet.CertificateList, Puppet13.CertificateBody(list));
        Assert.Equal(TlsStep.NeedsInput, talk.Hear());
        Assert.Equal(CertificatesMax, talk.Session.PeerCertificates.Count);
        Assert.InRange(TestPlatform.UsedBytesMost - before, 20_000, 100_000);
    }
}
