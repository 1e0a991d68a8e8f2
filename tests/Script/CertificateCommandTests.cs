using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the commands about certificates and the date: nobody becomes trusted without being asked for,
/// least of all because DHCP says so.</summary>
public class CertificateCommandTests
{
    private readonly ScriptWorld _world = new();

    [Fact]
    public void CertstoreTakesAFileAndFreesItsImage()
    {
        _world.Files["http://h/ca.pem"] = "x";
        Assert.True(_world.Run("certstore http://h/ca.pem\ncertstore --trust http://h/ca.pem").IsSuccess);
        Assert.Equal(
            ["fetch http://h/ca.pem", "add image ca.pem", "fetch http://h/ca.pem", "trust image ca.pem"],
            _world.Deeds);
        Assert.Equal("1 certificate added, not trusted\n1 certificate trusted\n", _world.Output);
        Assert.False(_world.Run("imgstat ca.pem").IsSuccess);
    }

    [Fact]
    public void CertstoreTakesAnImageAndKeepsItIfAsked()
    {
        _world.Files["http://h/ca.pem"] = "x";
        Assert.True(_world.Run("imgfetch http://h/ca.pem\ncertstore -t -k -s Root ca.pem\nimgstat ca.pem").IsSuccess);
        Assert.Contains("trust image ca.pem subject=Root", _world.Deeds);
    }

    [Fact]
    public void CertstoreTakesASetting()
    {
        Does("set cert 30:01\nset other:hex 30:02\ncertstore\ncertstore --trust other", "add 3001", "trust 3002");
    }

    [Fact]
    public void WhatALeaseSaysIsNotTrustedUnlessTheScriptNamesTheLease()
    {
        Assert.False(_world.Run("set net0/cert 30:01\ncertstore --trust").IsSuccess);
        Assert.Empty(_world.Deeds);
        Does("certstore\ncertstore --trust net0/cert", "add 3001", "trust 3001");
    }

    [Fact]
    public void CertstoreWithoutAnythingSaysWhatIsMissing()
    {
        Assert.Equal(ScriptFailure.NoCertificateSetting.Code, _world.Run("certstore").Code);
        Assert.False(_world.Run("certstore nowhere.pem").IsSuccess);
    }

    [Fact]
    public void TlsstatShowsConnections()
    {
        Prints("tlsstat", "h:443 TLS 1.3\n");
    }

    [Fact]
    public void CertstatShowsWhoIsTrusted()
    {
        _world.Certificates.Add(new CertificateLine("Root", "12:34", IsTrusted: true, IsEmbedded: true));
        _world.Certificates.Add(new CertificateLine("Between", "56:78", IsTrusted: false, IsEmbedded: false));
        Prints("certstat", "Root : 12:34 [TRUSTED] [EMBEDDED]\nBetween : 56:78\n");
        Prints("certstat --subject Between", "Between : 56:78\n");
    }

    [Fact]
    public void CertfreeFreesAllOrThoseOfAName()
    {
        Does("certfree\ncertfree -s Root", "free certificates", "free certificates subject=Root");
    }

    [Fact]
    public void NtpAsksTheServerItIsGivenOrTheOneOfTheLease()
    {
        Assert.Equal(ScriptFailure.NoTimeServer.Code, _world.Run("ntp").Code);
        Does("ntp time.example.org\nset net0/ntp 10.0.0.9\nntp", "ask time.example.org", "ask 10.0.0.9");
        Assert.EndsWith("The date is tomorrow by NTP\n", _world.Output);
    }

    private void Does(string script, params string[] deeds)
    {
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal(deeds, _world.Deeds);
    }

    private void Prints(string script, string output)
    {
        _world.Printed.Clear();
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal(output, _world.Output);
    }
}
