using System;
using System.Security.Cryptography;
using Bootlace.Boot;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what a whole session makes of trust and date: settings that count only when a script sets them, a
/// board without a clock that says so once.</summary>
public class TrustSettingTests
{
    private readonly BootWorld _world = new BootWorld().WithCard();

    [Fact]
    public void TheSettingTrustNamesRootsByFingerprint()
    {
        TestIdentity root = TestIdentity.Make("Root", isAuthority: true);
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(root.Der));
        _world.EmbeddedScript = $"#!ipxe\nset trust:hexraw {fingerprint}\n";
        _world.Run();
        Assert.True(_world.Trust.IsTrusted(Certificate.TryRead(root.Der)!));
    }

    [Fact]
    public void ALeaseCannotMakeUsTrustAnybody()
    {
        string digits = new('a', 64);
        _world.EmbeddedScript = $"#!ipxe\nset net0/trust:hexraw {digits}\n" + "echo trust is ${trust:hexraw}\n";
        _world.Run();
        Assert.Contains("trust is aaaa", _world.Console.Raw);
        Assert.True(_world.Trust.IsEmpty);
    }

    [Theory]
    [InlineData("", RevocationPolicy.Soft)]
    [InlineData("set ocsp soft", RevocationPolicy.Soft)]
    [InlineData("set ocsp require", RevocationPolicy.Required)]
    [InlineData("set ocsp yes", RevocationPolicy.Required)]   // who says anything wants more than nothing
    [InlineData("set ocsp Off", RevocationPolicy.Required)]
    [InlineData("set ocsp off", RevocationPolicy.Off)]
    [InlineData("set ocsp off\nclear ocsp", RevocationPolicy.Soft)]
    [InlineData("set net0/ocsp off", RevocationPolicy.Soft)]   // as a lease would
    [InlineData("set ocsp require\nset net0/ocsp off", RevocationPolicy.Required)]
    public void TheSettingOcspSaysWhatIsMadeOfSilence(string script, RevocationPolicy policy)
    {
        _world.EmbeddedScript = $"#!ipxe\n{script}\n";
        _world.Run();
        Assert.Equal(policy, _world.Revocation.Policy);
    }

    [Fact]
    public void AFingerprintThatIsNoneIsRefused()
    {
        _world.EmbeddedScript = "#!ipxe\nset trust aa:bb || echo refused\nset x y && echo goes on\n";
        _world.Run();
        Assert.Contains("refused", _world.Console.Raw);
        Assert.Contains("goes on", _world.Console.Raw);
    }

    [Fact]
    public void CertificatesOfAFileAreListedAndDropped()
    {
        TestIdentity root = TestIdentity.Make("My Root", isAuthority: true), other = TestIdentity.Make("Other");
        _world.WithFile("http://h/all.pem", root.Pem + other.Pem);
        _world.EmbeddedScript = "#!ipxe\n"
            + "set name My Root\ncertstore --trust --subject ${name} http://h/all.pem\n"
            + "certstore http://h/all.pem\ncertstat\n"
            + "certfree --subject Other\necho left\ncertstat\n";
        _world.Run();
        string fingerprint = Certificate.TryRead(root.Der)!.FingerprintText;
        Assert.Contains($"My Root : {fingerprint} [TRUSTED]\nOther : ", _world.Console.Raw.Replace("\r", ""));
        Assert.Single(_world.Trust.Certificates);
    }

    [Fact]
    public void UnixtimeShowsTheDateAndTheNoteAboutAMissingClockComesOnce()
    {
        _world.EmbeddedScript = "#!ipxe\necho ${unixtime:int32} ${unixtime:int32}\n";
        _world.Run();
        Assert.Contains($"{BootWorld.BuildDate} {BootWorld.BuildDate}", _world.Console.Raw);
        string first = "No date: the machine has no clock";
        int at = _world.Console.Raw.IndexOf(first, StringComparison.Ordinal);
        Assert.True(at >= 0 && _world.Console.Raw.IndexOf(first, at + 1, StringComparison.Ordinal) < 0);
    }

    [Fact]
    public void NtpSetsTheDateAndSoDoesTheScript()
    {
        _world.TimeServers["time.example.org"] = BootWorld.BuildDate + 86400;
        _world.EmbeddedScript = "#!ipxe\nntp time.example.org\nset unixtime 1800000000\necho now ${unixtime:int32}\n";
        _world.Run();
        Assert.Contains("The date is 2026-06-02 00:00:00 UTC by NTP", _world.Console.Raw);
        Assert.Contains("now 1800000000", _world.Console.Raw);
        Assert.Equal(WallTimeSource.Told, _world.Time.Source);
        Assert.DoesNotContain("No date", _world.Console.Raw);
    }
}
