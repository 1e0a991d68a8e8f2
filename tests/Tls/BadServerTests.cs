using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects a stream against servers that hold the keys and send records and alerts of odd kinds and sizes,
/// in both versions.</summary>
[Collection(NativeTests.Name)]
public class BadServerTests
{
    public static TheoryData<TlsVersion> Versions => [TlsVersion.Tls12, TlsVersion.Tls13];

    [Theory]
    [InlineData(TlsVersion.Tls12, "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")]
    [InlineData(TlsVersion.Tls13, "AES_128_GCM_SHA256")]
    public void APuppetThatBehavesIsConnectedTo(TlsVersion version, string suite)
    {
        using PuppetTalk talk = PuppetTalk.Make(version);
        talk.Connect();
        Assert.Equal(1, talk.Verdicts);
        Assert.Equal(version, talk.Session.Version);
        Assert.Equal(suite, talk.Session.Suite);
        talk.Puppet.Say(Puppet.Data, new byte[1000], padding: 3000);
        talk.Puppet.Say(Puppet.Alert, [1, 0]);
        Assert.Equal((1000, true), talk.Read());
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void L2_RecordsOfNothingEnd(TlsVersion version)
    {
        using PuppetTalk talk = PuppetTalk.Make(version);
        talk.Connect();
        for (int i = 0; i < 3; i++) talk.Puppet.Say(Puppet.Data, []);
        talk.Puppet.Say(Puppet.Data, [1]);
        Assert.Equal((1, false), talk.Read());
        for (int i = 0; i < 100; i++) talk.Puppet.Say(Puppet.Data, []);
        talk.FailsToRead(TlsFailure.BadRecord);
    }

    [Theory]
    [InlineData(TlsVersion.Tls12, Puppet.Handshake)]
    [InlineData(TlsVersion.Tls12, Puppet.Alert)]
    [InlineData(TlsVersion.Tls12, 0)]
    [InlineData(TlsVersion.Tls12, 99)]
    [InlineData(TlsVersion.Tls13, Puppet.Handshake)]
    [InlineData(TlsVersion.Tls13, Puppet.Alert)]
    [InlineData(TlsVersion.Tls13, 0)]
    [InlineData(TlsVersion.Tls13, 99)]
    public void L2_ARecordOfNothingOrOfNoKindIsABrokenProtocol(TlsVersion version, byte type)
    {
        using PuppetTalk talk = PuppetTalk.Make(version);
        talk.Connect();
        talk.Puppet.Say(type, []);
        talk.FailsToRead(TlsFailure.ProtocolError);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void L2_ARecordThatIsTooLongIsABrokenProtocol(TlsVersion version)
    {
        foreach (int count in new[] { 16_384, 16_385, 17_000, 60_000 })
        {
            using PuppetTalk talk = PuppetTalk.Make(version);
            talk.Connect();
            talk.Puppet.Say(Puppet.Data, new byte[count]);
            if (count == 16_384) Assert.Equal((count, false), talk.Read());
            else talk.FailsToRead(TlsFailure.ProtocolError);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void L10_WarningsWithoutEndEnd(TlsVersion version)
    {
        using (PuppetTalk early = PuppetTalk.Make(version))
        {
            early.Session.Handshake();
            early.Flood(() => early.Puppet.Say(Puppet.Alert, [1, 90]));
            early.FailsToHear(TlsFailure.ProtocolError);
        }
        using PuppetTalk late = PuppetTalk.Make(version);
        late.Connect();
        late.Flood(() => late.Puppet.Say(Puppet.Alert, [1, 90]));
        late.FailsToRead(TlsFailure.ProtocolError);
    }

    [Theory]
    [InlineData(TlsVersion.Tls12, new byte[] { 2 })]
    [InlineData(TlsVersion.Tls12, new byte[] { 1, 0, 1, 0 })]
    [InlineData(TlsVersion.Tls13, new byte[] { 2 })]
    [InlineData(TlsVersion.Tls13, new byte[] { 2, 40, 0 })]
    [InlineData(TlsVersion.Tls13, new byte[] { 1, 0, 1, 0 })]
    public void L10_AnAlertOfAnotherLengthIsABrokenProtocol(TlsVersion version, byte[] alert)
    {
        using PuppetTalk talk = PuppetTalk.Make(version);
        talk.Connect();
        talk.Puppet.Say(Puppet.Alert, alert);
        talk.FailsToRead(TlsFailure.ProtocolError);
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
        foreach (TlsVersion version in new[] { TlsVersion.Tls12, TlsVersion.Tls13 })
        {
            using PuppetTalk talk = PuppetTalk.Make(version);
            if (isEarly) talk.Session.Handshake();
            else talk.Connect();
            talk.Puppet.Say(Puppet.Alert, [2, alert]);
            BootFailure failure = isEarly
                ? Assert.Throws<BootFailure>(() => talk.Hear()) : Assert.Throws<BootFailure>(() => talk.Read());
            Assert.True(failure.Kind.Code == code, failure.Describe());
            if (code == TlsFailure.Refused.Code) Assert.Contains(TlsAlerts.NameOf(alert), failure.Message);
        }
    }
}
