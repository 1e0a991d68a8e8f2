using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects who is believed: every reason to refuse a certificate has its own code, and a twin without that
/// fault which is accepted.</summary>
public class ChainVerifierTests
{
    private const string BasicConstraintsId = "2.5.29.19", KeyUsageId = "2.5.29.15", UsageId = "2.5.29.37";

    [Fact]
    public void AServerIsBelievedByItsRoot()
    {
        TestIdentity root = ChainTalk.Root(), between = ChainTalk.Below(root, "Between");
        Assert.Equal("server < Root", new ChainTalk(root).Accept(ChainTalk.Server(root)));
        Assert.Equal("server < Between < Root", new ChainTalk(root).Accept(ChainTalk.Server(between), between));
    }

    [Theory]
    [InlineData("rsa2048")]
    [InlineData("rsa3072")]
    [InlineData("p384")]
    [InlineData("p521")]
    public void EveryKindOfKeyIsKnown(string key)
    {
        TestIdentity root = ChainTalk.Root(key: key);
        new ChainTalk(root).Accept(ChainTalk.Server(root, key: key));
    }

    [Fact]
    public void WithoutAnybodyTrustedTheHintNamesThreeWays()
    {
        BootFailure failure = new ChainTalk().Refuse(CertificateFailure.NoRoots, ChainTalk.Server(ChainTalk.Root()));
        foreach (string way in new[] { "build.sh trust", "certstore --trust", "set trust" })
            Assert.Contains(way, failure.Kind.Hint);
    }

    [Fact]
    public void AnUnknownAuthorityIsNamed()
    {
        TestIdentity root = ChainTalk.Root(), other = ChainTalk.Root("Stranger");
        TestIdentity between = ChainTalk.Below(other, "Between");
        BootFailure failure = new ChainTalk(root).Refuse(CertificateFailure.UnknownAuthority, ChainTalk.Server(other));
        Assert.Contains("'Stranger'", failure.Message);
        failure = new ChainTalk(root).Refuse(CertificateFailure.UnknownAuthority, ChainTalk.Server(between), between);
        Assert.Contains("'Stranger'", failure.Message);
        failure = new ChainTalk(root).Refuse(CertificateFailure.UnknownAuthority, ChainTalk.Server(other), other);
        Assert.Contains("'Stranger'", failure.Message);
        new ChainTalk(root, other).Accept(ChainTalk.Server(other));
    }

    [Fact]
    public void L6_ASelfSignedServerIsBelievedOnlyWhereItIsTrustedItself()
    {
        TestIdentity alone = ChainTalk.Server(null);
        new ChainTalk(ChainTalk.Root()).Refuse(CertificateFailure.SelfSigned, alone);
        Assert.Equal("server", new ChainTalk(alone).Accept(alone));
        new ChainTalk(alone).RefuseAs(CertificateFailure.WrongHost, "other.example.org", alone);
        var talk = new ChainTalk();
        talk.Trust.SetFingerprints(SHA256.HashData(alone.Der));
        talk.Accept(alone);
    }

    [Fact]
    public void AFingerprintMakesARootOfWhatTheServerSends()
    {
        TestIdentity root = ChainTalk.Root(), between = ChainTalk.Below(root, "Between");
        TestIdentity server = ChainTalk.Server(between);
        var talk = new ChainTalk();
        talk.Trust.SetFingerprints(SHA256.HashData(root.Der));
        Assert.Equal("server < Between < Root", talk.Accept(server, root, between));
        talk.Refuse(CertificateFailure.UnknownAuthority, server, between);   // nobody has the root itself
        talk.Trust.SetFingerprints([]);
        talk.Refuse(CertificateFailure.NoRoots, server, root, between);
    }

    [Theory]
    [InlineData(-40, true)]
    [InlineData(20, true)]
    [InlineData(0, false)]
    [InlineData(9.4, false)]   // clocks of PCs may go by local time
    [InlineData(-30.4, false)]
    public void L6_ValidityIsComparedWithTheDate(double days, bool isRefused)
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity server = ChainTalk.Server(root, until: 9);
        ChainTalk talk = new ChainTalk(root).SetTime(days);
        if (!isRefused) talk.Accept(server);
        else if (days < 0) Assert.Contains("by the machine's clock", Refusal(CertificateFailure.NotYetValid));
        else Assert.Contains("by the machine's clock", Refusal(CertificateFailure.Expired));

        string Refusal(FailureKind kind) => talk.Refuse(kind, server).Message;
    }

    [Fact]
    public void AnAuthoritysOrARootsTimeCountsAsWell()
    {
        TestIdentity root = ChainTalk.Root(), between = TestIdentity.Make("Between", root, isAuthority: true, until: 9);
        TestIdentity old = TestIdentity.Make("Old", isAuthority: true, until: 9);
        ChainTalk talk = new ChainTalk(root, old).SetTime(20);
        BootFailure failure = talk.Refuse(CertificateFailure.Expired, ChainTalk.Server(between), between);
        Assert.Contains("'Between'", failure.Message);
        Assert.Contains("'Old'", talk.Refuse(CertificateFailure.Expired, ChainTalk.Server(old)).Message);
        talk.SetTime(0).Accept(ChainTalk.Server(between), between);
        talk.SetTime(0).Accept(ChainTalk.Server(old));
    }

    [Fact]
    public void WithoutAClockWhatEndedBeforeTheLoaderWasBuiltIsRefusedAndNothingElse()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity ended = ChainTalk.Server(root, until: 9), begins = ChainTalk.Server(root, from: 20);
        ChainTalk talk = new ChainTalk(root).SetTime(10, hasClock: false);
        Assert.Contains("the machine has no clock", talk.Refuse(CertificateFailure.Expired, ended).Message);
        talk.Accept(begins);   // made after the loader was: no reason to doubt it
        talk.SetTime(10).Refuse(CertificateFailure.NotYetValid, begins);
        talk.SetTime(8, hasClock: false).Accept(ended);
    }

    [Theory]
    [InlineData(TestIdentity.CodeSigning, false)]
    [InlineData(TestIdentity.ServerAuth, true)]
    [InlineData("2.5.29.37.0", true)]
    [InlineData(null, true)]
    public void AServersCertificateIsForServers(string? usage, bool isAccepted)
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity server = ChainTalk.Server(root, usage: usage);
        if (isAccepted) new ChainTalk(root).Accept(server);
        else new ChainTalk(root).Refuse(CertificateFailure.WrongUsage, server);
    }

    [Theory]
    [InlineData(TestIdentity.CodeSigning, true)]
    [InlineData(TestIdentity.ServerAuth, false)]
    [InlineData("2.5.29.37.0", false)]
    [InlineData(null, false)]
    public void ASignersCertificateSaysThatItIsForSigning(string? usage, bool isAccepted)
    {
        TestIdentity root = ChainTalk.Root(), signer = ChainTalk.Server(root, names: null, usage: usage);
        var talk = new ChainTalk(root);
        void Verify() => talk.Verify(signer, [], CertificatePurpose.CodeSigning, null);
        if (isAccepted) Verify();
        else Assert.Same(CertificateFailure.WrongUsage, Assert.Throws<BootFailure>(Verify).Kind);
    }

    [Fact]
    public void AnAuthoritysPurposesBindThoseBelow()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity forCode = ChainTalk.Below(root, "Code", Add(TestIdentity.CodeSigning));
        TestIdentity forServers = ChainTalk.Below(root, "Servers", Add(TestIdentity.ServerAuth));
        new ChainTalk(root).Refuse(CertificateFailure.WrongUsage, ChainTalk.Server(forCode), forCode);
        new ChainTalk(root).Accept(ChainTalk.Server(forServers), forServers);

        static Action<CertificateRequest> Add(string usage) => request => request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
    }

    [Fact]
    public void AKeyThatMayNotSignIsNoServers()
    {
        TestIdentity root = ChainTalk.Root();
        new ChainTalk(root).Refuse(CertificateFailure.WrongUsage, Server(X509KeyUsageFlags.KeyAgreement));
        new ChainTalk(root).Accept(Server(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment));
        new ChainTalk(root).Accept(ChainTalk.Server(root, edit: request => ChainTalk.Remove(request, KeyUsageId)));

        TestIdentity Server(X509KeyUsageFlags flags) => ChainTalk.Server(root, edit: request =>
            ChainTalk.Replace(request, new X509KeyUsageExtension(flags, critical: true)));
    }

    [Fact]
    public void L6_OnlyAuthoritiesIssueCertificates()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity server = ChainTalk.Server(root, name: "Middle");
        new ChainTalk(root).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(server), server);
        TestIdentity mute = ChainTalk.Below(root, "Mute", request => ChainTalk.Remove(request, BasicConstraintsId));
        new ChainTalk(root).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(mute), mute);
        TestIdentity barred = ChainTalk.Below(root, "Barred", request => ChainTalk.Replace(
            request, new X509KeyUsageExtension(X509KeyUsageFlags.CrlSign, critical: true)));
        new ChainTalk(root).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(barred), barred);
        TestIdentity free = ChainTalk.Below(root, "Free", request => ChainTalk.Remove(request, KeyUsageId));
        new ChainTalk(root).Accept(ChainTalk.Server(free), free);
    }

    [Fact]
    public void ARootOfVersionOneIsAnAuthorityIfItIsTrusted()
    {
        TestIdentity root = ChainTalk.Root(edit: request => request.CertificateExtensions.Clear());
        new ChainTalk(root).Accept(ChainTalk.Server(root));
        TestIdentity top = ChainTalk.Root("Top");
        TestIdentity between = ChainTalk.Below(top, "Between", request => request.CertificateExtensions.Clear());
        new ChainTalk(top).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(between), between);
    }

    [Fact]
    public void ARootThatSaysSomethingOfItselfSaysThatItIsAnAuthority()
    {
        TestIdentity root = ChainTalk.Root(edit: request => ChainTalk.Remove(request, BasicConstraintsId));
        new ChainTalk(root).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(root));
        TestIdentity server = ChainTalk.Server(null, name: "Pinned");
        new ChainTalk(server).Accept(server);
        new ChainTalk(server).Refuse(CertificateFailure.NotAnAuthority, ChainTalk.Server(server));
    }

    [Fact]
    public void AnAuthorityThatRenewedItsOwnKeyIsNoFurtherOne()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity limited = ChainTalk.Below(root, "Limited", request => ChainTalk.Replace(
            request, new X509BasicConstraintsExtension(true, true, 0, critical: true)));
        TestIdentity renewed = ChainTalk.Below(limited, "Limited");
        new ChainTalk(root).Accept(ChainTalk.Server(renewed), limited, renewed);
        TestIdentity below = ChainTalk.Below(renewed, "Below");
        new ChainTalk(root).Refuse(
            CertificateFailure.PathTooLong, ChainTalk.Server(below), limited, renewed, below);
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(1, 1, true)]
    [InlineData(0, 0, true)]
    [InlineData(1, 2, false)]
    public void L6_APathLengthLimitsTheAuthoritiesBelow(int limit, int between, bool isAccepted)
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity[] chain = new TestIdentity[between + 1];
        chain[0] = ChainTalk.Below(root, "Limited", request => ChainTalk.Replace(
            request, new X509BasicConstraintsExtension(true, true, limit, critical: true)));
        for (int i = 1; i <= between; i++) chain[i] = ChainTalk.Below(chain[i - 1], $"Between {i}");
        TestIdentity server = ChainTalk.Server(chain[between]);
        if (isAccepted) new ChainTalk(root).Accept(server, chain);
        else new ChainTalk(root).Refuse(CertificateFailure.PathTooLong, server, chain);
    }

    [Fact]
    public void L6_AChainHasAnEnd()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity[] chain = new TestIdentity[ChainLengthMax];
        for (int i = 0; i < chain.Length; i++) chain[i] = ChainTalk.Below(i == 0 ? root : chain[i - 1], $"Between {i}");
        new ChainTalk(root).Accept(ChainTalk.Server(chain[^2]), chain);
        new ChainTalk(root).Refuse(CertificateFailure.PathTooLong, ChainTalk.Server(chain[^1]), chain);
    }

    private const int ChainLengthMax = 11;   // authorities between server and root, one more than are followed

    [Fact]
    public void L6_AnUnknownCriticalExtensionIsRefusedWhereverItStands()
    {
        var critical = new X509Extension("1.2.3.4", [5, 0], critical: true);
        var harmless = new X509Extension("1.2.3.4", [5, 0], critical: false);
        TestIdentity root = ChainTalk.Root(), strange = ChainTalk.Root("Strange", Add(critical));
        TestIdentity between = ChainTalk.Below(root, "Between", Add(critical));
        new ChainTalk(root).Refuse(CertificateFailure.UnknownCritical, ChainTalk.Server(root, edit: Add(critical)));
        new ChainTalk(root).Refuse(CertificateFailure.UnknownCritical, ChainTalk.Server(between), between);
        new ChainTalk(strange).Refuse(CertificateFailure.UnknownCritical, ChainTalk.Server(strange));
        new ChainTalk(root).Accept(ChainTalk.Server(root, edit: Add(harmless)));

        static Action<CertificateRequest> Add(X509Extension extension) =>
            request => request.CertificateExtensions.Add(extension);
    }

    [Fact]
    public void AnExtensionThatStandsThereTwiceIsDamage()
    {
        // .NET refuses to make one: the second one is made of another and given its identifier afterwards.
        TestIdentity root = ChainTalk.Root();
        TestIdentity server = ChainTalk.Server(root, edit: request =>
            request.CertificateExtensions.Add(new X509Extension("2.5.29.18", [0x30, 0], critical: false)));
        byte[] changed = (byte[])server.Der.Clone();
        int at = changed.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x55, 0x1d, 0x12]);
        changed[at + 2] = 0x11;
        var talk = new ChainTalk();
        talk.Trust.SetFingerprints(SHA256.HashData(changed));   // believed itself, whatever its signature says
        BootFailure failure = Assert.Throws<BootFailure>(() => new ChainVerifier(talk.Trust, talk.Time)
            .Verify(changed, [], CertificatePurpose.ServerAuth, ChainTalk.Host));
        Assert.Same(CertificateFailure.BadCertificate, failure.Kind);
    }

    [Fact]
    public void WeakKeysAreRefusedAtBothEnds()
    {
        TestIdentity root = ChainTalk.Root(), weak = ChainTalk.Root("Weak", key: "rsa1024");
        BootFailure failure =
            new ChainTalk(root).Refuse(CertificateFailure.WeakKey, ChainTalk.Server(root, key: "rsa1024"));
        Assert.Contains("1024 bits", failure.Message);
        new ChainTalk(weak).Refuse(CertificateFailure.WeakKey, ChainTalk.Server(weak));
        new ChainTalk(root).Accept(ChainTalk.Server(root, key: "rsa2048"));
    }

    [Fact]
    public void AWrongSignatureIsABadChain()
    {
        TestIdentity root = ChainTalk.Root(edit: request => ChainTalk.Remove(request, "2.5.29.14"));
        TestIdentity twin = ChainTalk.Root(edit: request => ChainTalk.Remove(request, "2.5.29.14"));
        new ChainTalk(root).Refuse(CertificateFailure.BadChain, ChainTalk.Server(twin));
        new ChainTalk(root, twin).Accept(ChainTalk.Server(twin));   // the other one of that name has signed it
    }

    [Fact]
    public void OneBitFlippedAnywhereIsNeverBelieved()
    {
        TestIdentity root = ChainTalk.Root(), server = ChainTalk.Server(root);
        var talk = new ChainTalk(root);
        var verifier = new ChainVerifier(talk.Trust, talk.Time);
        for (int bit = 0; bit < server.Der.Length * 8; bit += 3)
        {
            byte[] flipped = (byte[])server.Der.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.Throws<BootFailure>(
                () => verifier.Verify(flipped, [], CertificatePurpose.ServerAuth, ChainTalk.Host));
        }
    }
}
