using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects whose signatures count: chains from a signer to a root that is trusted, each reason to refuse with
/// its own code.</summary>
public class SignerChainTests
{
    private static readonly byte[] s_file = Encoding.ASCII.GetBytes("a kernel, as it were");
    private static readonly TestIdentity s_root = TestIdentity.Make("Root", isAuthority: true);
    private static readonly TestIdentity s_between = TestIdentity.Make("Between", s_root, "rsa2048", isAuthority: true);

    private readonly BootWorld _world = new();
    private byte[]? _answer;   // of the responder

    public SignerChainTests()
    {
        var time = new WallTime(
            _world.Clock, new ManualWallClock(TestIdentity.Now.ToUnixTimeSeconds()), BootWorld.BuildDate);
        var verifier = new ChainVerifier(_world.Trust, time);
        _world.VerifySigner = (certificate, others, stop) => new RevocationCheck(_world.Pump, time, FetchAsync)
            .RequireAsync(verifier.Verify(certificate, others, CertificatePurpose.CodeSigning), stop);
    }

    [Fact]
    public void ASignerOfTheRootIsBelieved()
    {
        Trust(s_root);
        Assert.True(Verify(TestIdentity.Make("Signer", s_root)).IsSuccess, _world.Console.Screen);
    }

    [Fact]
    public void ASignerBelowAnotherAuthorityIsBelievedIfThatCameAlongOrIsStored()
    {
        Trust(s_root);
        TestIdentity signer = TestIdentity.Make("Signer", s_between);
        Refuse(CertificateFailure.UnknownAuthority, signer);
        Assert.True(Verify(signer, "-certfile between.crt").IsSuccess, _world.Console.Screen);
        Store(s_between);
        Assert.True(Verify(signer).IsSuccess, _world.Console.Screen);
    }

    [Fact]
    public void ASignerWhoseCertificateIsStoredNeedNotSendIt()
    {
        Trust(s_root);
        TestIdentity signer = TestIdentity.Make("Signer", s_root);
        Refuse(SignatureFailure.NoCertificate, signer, "-nocerts");
        Store(signer);
        Assert.True(Verify(signer, "-nocerts").IsSuccess, _world.Console.Screen);
        Assert.True(Verify(signer, "-nocerts -keyid -noattr").IsSuccess, _world.Console.Screen);
    }

    [Fact]
    public void TheSignerAskedForIsEnoughThoughAnothersCertificateIsMissing()
    {
        Trust(s_root);
        TestIdentity signer = TestIdentity.Make("Signer", s_root), other = TestIdentity.Make("Other", s_root);
        using var openssl = new OpenSsl();
        openssl.Write("other.crt", other.Pem);
        openssl.Write("other.key", other.KeyPem);
        byte[] signature = openssl.Sign(
            s_file, signer, "-outform DER -nocerts -signer other.crt -inkey other.key -md sha512");
        _world.WithFile("http://h/file", s_file).WithFile("http://h/file.sig", signature);
        const string Line = "http://h/file http://h/file.sig";
        Store(signer);
        Assert.Equal(SignatureFailure.NoCertificate.Code, _world.RunLine($"imgverify {Line}").Code);
        Assert.Equal(SignatureFailure.OtherSigner.Code, _world.RunLine($"imgverify --signer X {Line}").Code);
        Assert.True(_world.RunLine($"imgverify --signer Signer {Line}").IsSuccess, _world.Console.Screen);
    }

    [Fact]
    public void WithoutRootsNobodyIsBelieved() =>
        Refuse(CertificateFailure.NoRoots, TestIdentity.Make("Signer", s_root));

    [Fact]
    public void AStrangersSignerIsRefused()
    {
        Trust(TestIdentity.Make("Another Root", isAuthority: true));
        Refuse(CertificateFailure.UnknownAuthority, TestIdentity.Make("Signer", s_root));
        Refuse(CertificateFailure.UnknownAuthority, TestIdentity.Make("Signer", s_root), "-certfile root.crt");
        TestIdentity namesake = TestIdentity.Make("Another Root", isAuthority: true);
        Refuse(CertificateFailure.BadChain, TestIdentity.Make("Signer", namesake));
    }

    [Fact]
    public void WhoVouchesForHimselfIsRefused()
    {
        Trust(s_root);
        Refuse(CertificateFailure.SelfSigned, TestIdentity.Make("Signer"));
    }

    [Theory]
    [InlineData(-30, -1, 0x020c0043)]
    [InlineData(2, 30, 0x020c0044)]
    public void ASignerOutOfHisTimeIsRefused(int from, int until, uint code)
    {
        Trust(s_root);
        Assert.Equal(code, Verify(TestIdentity.Make("Signer", s_root, from: from, until: until)).Code);
    }

    [Fact]
    public void AnAuthorityOutOfItsTimeIsRefused()
    {
        Trust(s_root);
        TestIdentity old = TestIdentity.Make("Between", s_root, isAuthority: true, until: -1);
        Refuse(CertificateFailure.Expired, TestIdentity.Make("Signer", old), "-certfile between.crt", old);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(TestIdentity.ServerAuth)]
    [InlineData("2.5.29.37.0")]   // any purpose: who signs programs must say so
    public void ASignerWhoIsNotForCodeIsRefused(string? usage)
    {
        Trust(s_root);
        Refuse(CertificateFailure.WrongUsage, TestIdentity.Make("Signer", s_root, usage: usage));
    }

    [Fact]
    public void AKeyThatIsNotForSigningIsRefused()
    {
        Trust(s_root);
        Refuse(CertificateFailure.WrongUsage, TestIdentity.Make("Signer", s_root, edit: request =>
        {
            foreach (X509Extension extension in request.CertificateExtensions)
            {
                if (extension is not X509KeyUsageExtension) continue;
                request.CertificateExtensions.Remove(extension);
                break;
            }
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyAgreement, true));
        }));
    }

    [Fact]
    public void AShortKeyIsRefused()
    {
        Trust(s_root);
        Refuse(CertificateFailure.WeakKey, TestIdentity.Make("Signer", s_root, "rsa1024"));
    }

    [Fact]
    public void ASignerWhoWasRevokedIsRefused()
    {
        Trust(s_root);
        TestIdentity signer = TestIdentity.Make("Signer", s_root, edit: request => request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension(["http://ocsp/"], null)));
        Assert.True(Verify(signer).IsSuccess, _world.Console.Screen);   // nobody says anything
        _answer = new OcspReply { Issuer = s_root, About = signer }.Encode();
        Assert.True(Verify(signer).IsSuccess, _world.Console.Screen);
        _answer = new OcspReply { Issuer = s_root, About = signer, Status = 1 }.Encode();
        Refuse(CertificateFailure.Revoked, signer);
    }

    [Fact]
    public void AnIssuerWhoIsNoAuthorityIsRefused()
    {
        Trust(s_root);
        TestIdentity pretender = TestIdentity.Make("Between", s_root);
        Refuse(CertificateFailure.NotAnAuthority, TestIdentity.Make("Signer", pretender), "-certfile between.crt",
            pretender);
    }

    private async Task<byte[]> FetchAsync(string uri, CancellationToken stop)
    {
        await _world.Pump.Delay(Duration.FromMilliseconds(1), stop);
        return _answer ?? throw new BootFailure(NetFailure.ConnectionRefused);
    }

    private void Trust(TestIdentity root) => Add(root, isRoot: true);

    private void Store(TestIdentity one) => Add(one, isRoot: false);

    private void Add(TestIdentity one, bool isRoot) =>
        _world.Trust.Add([Certificate.TryRead(one.Der)!], TrustOrigin.Script, isRoot);

    private void Refuse(FailureKind kind, TestIdentity signer, string options = "", TestIdentity? between = null) =>
        Assert.Equal($"{kind.Code:x8}", $"{Verify(signer, options, between).Code:x8}");

    private Status Verify(TestIdentity signer, string options = "", TestIdentity? between = null)
    {
        using var openssl = new OpenSsl();
        openssl.Write("root.crt", s_root.Pem);
        openssl.Write("between.crt", (between ?? s_between).Pem);
        _world.WithFile("http://h/file", s_file)
            .WithFile("http://h/file.sig", openssl.Sign(s_file, signer, $"-outform DER {options}"));
        return _world.RunLine("imgverify http://h/file http://h/file.sig");
    }
}
