using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects what is made of revocation: what a responder signs counts, nothing else does, and where nobody
/// answers the policy decides, not silence.</summary>
public class RevocationTests
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";

    private static readonly TestIdentity Root = ChainTalk.Root();
    private static readonly TestIdentity Server =
        ChainTalk.Server(Root, edit: Add(Responder("http://ocsp.example.org/a")));

    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private readonly List<string> _asked = [], _notes = [];
    private Func<byte[]>? _reply;
    private WallTime? _time;

    public RevocationTests() => _pump = new Pump(_clock);

    [Fact]
    public void AGoodCertificateIsAskedAboutOnceByItsNumber()
    {
        _reply = new OcspReply { Issuer = Root, About = Server }.Encode;
        RevocationCheck check = Make(RevocationPolicy.Required);
        Run(check, Server);
        Run(check, Server);
        string uri = Assert.Single(_asked);
        Assert.StartsWith("http://ocsp.example.org/a/", uri);
        byte[] query = Convert.FromBase64String(Uri.UnescapeDataString(uri["http://ocsp.example.org/a/".Length..]));
        var reader = new AsnReader(query, AsnEncodingRules.DER).ReadSequence().ReadSequence().ReadSequence()
            .ReadSequence().ReadSequence();
        Assert.Equal("1.3.14.3.2.26", reader.ReadSequence().ReadObjectIdentifier());
        Assert.Equal(SHA1.HashData(Root.Certificate.SubjectName.RawData), reader.ReadOctetString());
        Assert.Equal(SHA1.HashData(Root.Certificate.PublicKey.EncodedKeyValue.RawData), reader.ReadOctetString());
        Assert.Equal(Server.Certificate.SerialNumberBytes.ToArray(), reader.ReadIntegerBytes().ToArray());
        Assert.Empty(_notes);
    }

    [Theory]
    [InlineData(RevocationPolicy.Soft)]
    [InlineData(RevocationPolicy.Required)]
    public void ARevokedCertificateIsRefusedByEitherPolicy(RevocationPolicy policy)
    {
        _reply = new OcspReply { Issuer = Root, About = Server, Status = 1 }.Encode;
        Assert.Same(CertificateFailure.Revoked, Refuse(Make(policy), Server).Kind);
    }

    [Fact]
    public void WithoutAnAnswerThePolicyDecides()
    {
        BootFailure failure = Refuse(Make(RevocationPolicy.Required), Server);
        Assert.Same(CertificateFailure.RevocationUnknown, failure.Kind);
        RevocationCheck soft = Make(RevocationPolicy.Soft);
        Run(soft, Server);
        Run(soft, Server);
        Assert.Contains("'server' was revoked cannot be learned", Assert.Single(_notes));
        _asked.Clear();
        Run(Make(RevocationPolicy.Off), Server);
        Assert.Empty(_asked);
    }

    [Fact]
    public void ASilentResponderKeepsNobodyWaitingForLong()
    {
        _reply = () => throw new TimeoutException();
        Instant start = _clock.Now;
        Run(Make(RevocationPolicy.Soft), Server);
        Assert.Equal(5000, (_clock.Now - start).Milliseconds);
        Assert.Contains("does not answer", Assert.Single(_notes));
    }

    [Fact]
    public void ACertificateThatNamesNoResponderIsNotAskedAbout()
    {
        Run(Make(RevocationPolicy.Required), ChainTalk.Server(Root));
        Assert.Empty(_asked);
    }

    [Fact]
    public void AResponderThatCannotBeAskedIsLikeOneThatDoesNotAnswer()
    {
        foreach (string uri in new[] { "ldap://x", "https://x/", "http://x/" + new string('a', 600) })
        {
            TestIdentity server = ChainTalk.Server(Root, edit: Add(Responder(uri)));
            BootFailure failure = Refuse(Make(RevocationPolicy.Required), server);
            Assert.Same(CertificateFailure.RevocationUnknown, failure.Kind);
            Assert.Contains("cannot be asked over HTTP", failure.Message);
            Run(Make(RevocationPolicy.Soft), server);
        }
        Assert.Empty(_asked);
        Assert.Equal(3, _notes.Count);
    }

    [Fact]
    public void WhoMustStapleIsRefusedWithoutAnAnswerWhateverThePolicy()
    {
        var feature = new X509Extension("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5], critical: false);
        TestIdentity mute = ChainTalk.Server(Root, edit: Add(feature));
        TestIdentity asked = ChainTalk.Server(Root, edit: request =>
        {
            Add(feature)(request);
            Add(Responder("http://x/"))(request);
        });
        foreach (RevocationPolicy policy in Enum.GetValues<RevocationPolicy>())
        {
            Assert.Same(CertificateFailure.RevocationUnknown, Refuse(Make(policy), mute).Kind);
            Assert.Same(CertificateFailure.RevocationUnknown, Refuse(Make(policy), asked).Kind);
        }
        _reply = new OcspReply { Issuer = Root, About = asked }.Encode;
        Run(Make(RevocationPolicy.Off), asked);
    }

    [Fact]
    public void AnIssuersDeputyMayAnswerButNobodyElse()
    {
        TestIdentity deputy = TestIdentity.Make("Deputy", Root, usage: OcspSigning);
        TestIdentity clerk = TestIdentity.Make("Clerk", Root), stranger = ChainTalk.Root("Stranger");
        TestIdentity ended = TestIdentity.Make("Ended", Root, usage: OcspSigning, until: -2);
        TestIdentity foreign = TestIdentity.Make("Foreign", stranger, usage: OcspSigning);
        AcceptFrom(deputy, deputy);
        AcceptFrom(deputy, clerk, deputy);
        RefuseFrom(deputy);   // without its certificate
        RefuseFrom(clerk, clerk);
        RefuseFrom(ended, ended);
        RefuseFrom(foreign, foreign, stranger);
        RefuseFrom(stranger, stranger);
        RefuseFrom(stranger, deputy);   // anybody has a deputy's certificate
        RefuseFrom(clerk, deputy, clerk);
        TestIdentity forged = TestIdentity.Make("Deputy", ChainTalk.Root(), usage: OcspSigning);
        RefuseFrom(forged, forged);     // it names the issuer, and a namesake has signed it

        void AcceptFrom(TestIdentity signer, params TestIdentity[] sent)
        {
            _reply = new OcspReply { Issuer = Root, About = Server, Signer = signer, Certificates = sent }.Encode;
            Run(Make(RevocationPolicy.Required), Server);
        }

        void RefuseFrom(TestIdentity signer, params TestIdentity[] sent)
        {
            _reply = new OcspReply { Issuer = Root, About = Server, Signer = signer, Certificates = sent }.Encode;
            Assert.Contains("not signed by its issuer", Refuse(Make(RevocationPolicy.Required), Server).Message);
        }
    }

    [Fact]
    public void ADeputyAnswersAlsoForAnAuthorityWhoseCertificatesAreForServersOnly()
    {
        // As public authorities have it: were the answer not believed, what was revoked would pass by the usual policy.
        TestIdentity between = ChainTalk.Below(Root, "Between", request => request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(TestIdentity.ServerAuth)], critical: false)));
        TestIdentity server = ChainTalk.Server(between, edit: Add(Responder("http://x/")));
        TestIdentity deputy = TestIdentity.Make("Deputy", between, usage: OcspSigning);
        _reply = new OcspReply
        {
            Issuer = between, About = server, Signer = deputy, Certificates = [deputy], Status = 1,
        }.Encode;
        Assert.Same(CertificateFailure.Revoked, Refuse(Make(RevocationPolicy.Soft), server, between).Kind);
    }

    [Fact]
    public void ADeputyOfAnotherAuthorityOfTheSameKeyIsNone()
    {
        TestIdentity twin = TestIdentity.Renamed(Root, "CN=Twin");
        TestIdentity deputy = TestIdentity.Make("Deputy", twin, usage: OcspSigning);
        _reply = new OcspReply { Issuer = Root, About = Server, Signer = deputy, Certificates = [deputy] }.Encode;
        Assert.Contains("not signed by its issuer", Refuse(Make(RevocationPolicy.Required), Server).Message);
    }

    [Theory]
    [InlineData(-9, -2)]
    [InlineData(2, 9)]
    public void WhatWasRevokedStaysSoWhateverOurClockSays(int from, int until)
    {
        _reply = new OcspReply { Issuer = Root, About = Server, FromDays = from, UntilDays = until, Status = 1 }.Encode;
        Assert.Same(CertificateFailure.Revoked, Refuse(Make(RevocationPolicy.Soft), Server).Kind);
        _reply = new OcspReply
        {
            Issuer = Root, About = Server, FromDays = from, UntilDays = until, Status = 1, Signer = Server,
            Certificates = [Server],
        }.Encode;
        Run(Make(RevocationPolicy.Soft), Server);   // so says somebody who has no say
    }

    [Theory]
    [InlineData(-9, -2, "too old")]
    [InlineData(2, 9, "from the future")]
    [InlineData(-9, null, "too old")]
    [InlineData(-6, null, null)]
    [InlineData(0, 1, null)]
    public void AnAnswerHasItsTime(int from, int? until, string? trouble)
    {
        _reply = new OcspReply { Issuer = Root, About = Server, FromDays = from, UntilDays = until }.Encode;
        if (trouble is null) Run(Make(RevocationPolicy.Required), Server);
        else Assert.Contains(trouble, Refuse(Make(RevocationPolicy.Required), Server).Message);
    }

    [Fact]
    public void L13_OtherAnswersAreNone()
    {
        TestIdentity other = ChainTalk.Server(Root);
        TestIdentity renamed = TestIdentity.Renamed(Root, "CN=Another"), namesake = ChainTalk.Root();
        foreach ((Func<byte[]> reply, string trouble) in new (Func<byte[]>, string)[]
        {
            (new OcspReply { Issuer = renamed, About = Server }.Encode, "speaks of others"),
            (new OcspReply { Issuer = namesake, About = Server, Signer = Root }.Encode, "speaks of others"),
            (new OcspReply { Issuer = Root, About = Server, NameHash = "2.16.840.1.101.3.4.2.1" }.Encode,
                "speaks of others"),
            (new OcspReply { Issuer = Root, About = Server, IsWeak = true }.Encode, "not signed"),
            (new OcspReply { Issuer = Root, About = Server, Form = "1.3.6.1.5.5.7.48.1.2" }.Encode, "something else"),
            (new OcspReply { Issuer = Root, About = other }.Encode, "speaks of others"),
            (new OcspReply { Issuer = Root, About = Server, Status = 2 }.Encode, "does not know it"),
            (new OcspReply { Issuer = Root, About = Server, Refusal = 6 }.Encode, "refuses to say (6)"),
            (new OcspReply { Issuer = Root, About = Server }.EncodeUnsigned, "not signed"),
            (() => [], "something else"), (() => "<html>"u8.ToArray(), "something else"),
        })
        {
            _reply = reply;
            Assert.Contains(trouble, Refuse(Make(RevocationPolicy.Required), Server).Message);
        }
    }

    [Fact]
    public void L13_AnAnswerIsReadAtEveryLengthAndWithEveryBitFlippedWithoutHarm()
    {
        byte[] golden = new OcspReply { Issuer = Root, About = Server, Certificates = [Root] }.EncodeUnsigned();
        Assert.True(OcspView.TryRead(golden, out _, out _));
        for (int length = 0; length < golden.Length; length++)
            Assert.False(OcspView.TryRead(golden.AsSpan(0, length), out _, out _));
        for (int bit = 0; bit < golden.Length * 8; bit++)
        {
            byte[] flipped = (byte[])golden.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (!OcspView.TryRead(flipped, out OcspView view, out ParseError error))
            {
                Assert.NotEqual(ParseError.None, error);
                continue;
            }
            for (int i = 0; i < view.CertificateCount; i++) Assert.True(view.Certificate(i).Length > 0);
            byte[] hash = new byte[OcspQuery.HashBytes];
            view.TryFind(new OcspQuery { IssuerNameHash = hash, IssuerKeyHash = hash, SerialNumber = [1] }, out _);
        }
    }

    [Fact]
    public void TheAuthoritiesAreAskedAboutOnlyWhereItIsRequired()
    {
        TestIdentity between = ChainTalk.Below(Root, "Between", Add(Responder("http://between/")));
        TestIdentity server = ChainTalk.Server(between);
        Run(Make(RevocationPolicy.Soft), server, between);
        Assert.Empty(_asked);
        Assert.Contains("'Between'", Refuse(Make(RevocationPolicy.Required), server, between).Message);
    }

    [Fact]
    public void WhatWasGoodIsAskedAboutAgainOnceTheDateHasBeenSet()
    {
        _reply = new OcspReply { Issuer = Root, About = Server }.Encode;
        RevocationCheck check = Make(RevocationPolicy.Required);
        Run(check, Server);
        _time!.Set(_time.UnixSeconds + 1, WallTimeSource.Ntp);
        Run(check, Server);
        Run(check, Server);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public void AnotherPolicyIsAnotherGeneration()
    {
        RevocationCheck check = Make(RevocationPolicy.Required);
        int before = check.Generation;
        check.Policy = RevocationPolicy.Required;
        Assert.Equal(before, check.Generation);
        check.Policy = RevocationPolicy.Soft;
        check.Policy = RevocationPolicy.Required;
        Assert.Equal(before + 2, check.Generation);
    }

    private RevocationCheck Make(RevocationPolicy policy)
    {
        _time = new ChainTalk(Root).Time;
        return new RevocationCheck(_pump, _time, FetchAsync) { Policy = policy, Noted = _notes.Add };
    }

    private async Task<byte[]> FetchAsync(string uri, CancellationToken stop)
    {
        _asked.Add(uri);
        try
        {
            await _pump.Delay(Duration.FromMilliseconds(10), stop);
            return _reply?.Invoke() ?? throw new BootFailure(NetFailure.ConnectionRefused);
        }
        catch (TimeoutException)
        {
            await _pump.Delay(Duration.FromSeconds(1000), stop);
            throw;
        }
    }

    private void Run(RevocationCheck check, TestIdentity leaf, params TestIdentity[] between)
    {
        var chain = new List<Certificate> { Certificate.TryRead(leaf.Der)! };
        foreach (TestIdentity one in between) chain.Add(Certificate.TryRead(one.Der)!);
        chain.Add(Certificate.TryRead(Root.Der)!);
        _pump.Run(() => check.RequireAsync(chain, CancellationToken.None));
    }

    private BootFailure Refuse(RevocationCheck check, TestIdentity leaf, params TestIdentity[] between) =>
        Assert.Throws<BootFailure>(() => Run(check, leaf, between));

    private static Action<CertificateRequest> Add(X509Extension extension) =>
        request => request.CertificateExtensions.Add(extension);

    private static X509Extension Responder(string uri) => new X509AuthorityInformationAccessExtension([uri], null);
}
