using System;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects for whom a server's certificate is, and for which names an authority may vouch.</summary>
public class CertificateNameTests
{
    private static readonly TestIdentity Root = ChainTalk.Root();

    [Theory]
    [InlineData("dns:boot.example.org", "boot.example.org", true)]
    [InlineData("dns:boot.example.org", "BOOT.Example.ORG", true)]
    [InlineData("dns:boot.example.org", "boot.example.org.", true)]
    [InlineData("dns:boot.example.org", "example.org", false)]
    [InlineData("dns:boot.example.org", "a.boot.example.org", false)]
    [InlineData("dns:boot.example.org", "xboot.example.org", false)]
    [InlineData("dns:a.org dns:b.org dns:boot.example.org", "boot.example.org", true)]
    [InlineData("dns:*.example.org", "boot.example.org", true)]
    [InlineData("dns:*.example.org", "example.org", false)]
    [InlineData("dns:*.example.org", "a.boot.example.org", false)]
    [InlineData("dns:*.example.org", ".example.org", false)]
    [InlineData("dns:b*.example.org", "boot.example.org", false)]
    [InlineData("dns:boot.*.org", "boot.example.org", false)]
    [InlineData("dns:*.org", "example.org", false)]
    [InlineData("dns:*", "localhost", false)]
    [InlineData("dns:localhost", "localhost", true)]
    [InlineData("ip:192.0.2.1", "192.0.2.1", true)]
    [InlineData("ip:192.0.2.1", "192.0.2.2", false)]
    [InlineData("ip:2001:db8::1", "2001:db8:0::1", true)]
    [InlineData("ip:2001:db8::1", "2001:db8::2", false)]
    [InlineData("dns:192.0.2.1", "192.0.2.1", false)]       // an address must stand there as an address
    [InlineData("dns:*.0.2.1", "192.0.2.1", false)]
    [InlineData("uri:https://boot.example.org/", "boot.example.org", false)]
    [InlineData("email:a@boot.example.org", "boot.example.org", false)]
    public void L5_AlternativeNamesSayWhichHostItIs(string names, string host, bool isAccepted) =>
        Check(ChainTalk.Server(Root, names), host, isAccepted);

    [Theory]
    [InlineData("boot.example.org", null, "boot.example.org", true)]      // as old private authorities write it
    [InlineData("boot.example.org", "dns:other.org", "boot.example.org", false)]
    [InlineData("boot.example.org", "ip:192.0.2.1", "boot.example.org", false)]
    [InlineData("boot.example.org", "email:a@b.org", "boot.example.org", true)]
    [InlineData("192.0.2.1", null, "192.0.2.1", false)]
    [InlineData("Boot Server", null, "boot.example.org", false)]
    [InlineData("bööt", null, "boot", false)]
    public void L5_TheCommonNameCountsOnlyWithoutAlternativeNames(
        string commonName, string? names, string host, bool isAccepted) =>
        Check(ChainTalk.Server(Root, names, name: commonName), host, isAccepted);

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]   // an address whose sixteen bytes spell the name
    [InlineData(8)]
    public void L5_WhatSpellsAHostAndIsNoneIsNone(int kind)
    {
        Assert.Equal(16, ChainTalk.Host.Length);
        byte[] names = [0x30, 18, (byte)(0x80 | kind), 16, .. Encoding.ASCII.GetBytes(ChainTalk.Host)];
        TestIdentity server = ChainTalk.Server(Root, names: null, edit: request => request.CertificateExtensions.Add(
            new X509Extension("2.5.29.17", names, critical: false)));
        Check(server, ChainTalk.Host, isAccepted: false);
    }

    [Fact]
    public void WithoutAHostAnyIsAccepted() => new ChainTalk(Root).AcceptAs(null, ChainTalk.Server(Root, "dns:x.org"));

    [Theory]
    [InlineData("+dns:example.org", "dns:boot.example.org", true)]
    [InlineData("+dns:boot.example.org", "dns:boot.example.org", true)]
    [InlineData("+dns:Example.ORG", "dns:boot.example.org", true)]
    [InlineData("+dns:.example.org", "dns:boot.example.org", true)]
    [InlineData("+dns:.boot.example.org", "dns:boot.example.org", false)]
    [InlineData("+dns:ample.org", "dns:boot.example.org", false)]
    [InlineData("+dns:other.org", "dns:boot.example.org", false)]
    [InlineData("+dns:other.org +dns:example.org", "dns:boot.example.org", true)]
    [InlineData("+dns:example.org", "dns:boot.example.org dns:evil.org", false)]
    [InlineData("+dns:", "dns:boot.example.org", true)]
    [InlineData("-dns:", "dns:boot.example.org", false)]
    [InlineData("-dns:example.org", "dns:boot.example.org", false)]
    [InlineData("-dns:other.org", "dns:boot.example.org", true)]
    [InlineData("-dns:example.org.", "dns:boot.example.org", false)]
    [InlineData("-dns:.example.org.", "dns:boot.example.org", false)]
    [InlineData("+dns:example.org.", "dns:boot.example.org", true)]
    [InlineData("+dns:example.org -dns:boot.example.org", "dns:boot.example.org", false)]
    [InlineData("-dns:bad.example.org", "dns:*.example.org dns:boot.example.org", false)]
    [InlineData("-dns:very.bad.example.org", "dns:*.example.org dns:boot.example.org", true)]
    [InlineData("+dns:example.org", "dns:*.example.org dns:boot.example.org", true)]
    [InlineData("+ip:10.0.0.0/255.0.0.0", "dns:boot.example.org", true)]            // of another kind
    [InlineData("+ip:10.0.0.0/255.0.0.0", "dns:boot.example.org ip:10.1.2.3", true)]
    [InlineData("+ip:10.0.0.0/255.0.0.0", "dns:boot.example.org ip:11.1.2.3", false)]
    [InlineData("-ip:10.0.0.0/255.0.0.0", "dns:boot.example.org ip:10.1.2.3", false)]
    [InlineData("-ip:10.0.0.0/255.0.0.0", "dns:boot.example.org ip:2001:db8::1", true)]
    [InlineData("+ip:10.0.0.0/255.0.0.0", "dns:boot.example.org ip:2001:db8::1", false)]
    [InlineData("+ip:2001:db8::/ffff:ffff::", "dns:boot.example.org ip:2001:db8::1", true)]
    [InlineData("+dir:CN=server", "dns:boot.example.org", true)]
    [InlineData("+dir:CN=other", "dns:boot.example.org", false)]
    [InlineData("-dir:CN=server", "dns:boot.example.org", false)]
    [InlineData("+email:example.org", "dns:boot.example.org email:a@example.org", true)]
    [InlineData("+email:example.org", "dns:boot.example.org email:a@boot.example.org", false)]
    [InlineData("+email:.example.org", "dns:boot.example.org email:a@boot.example.org", true)]
    [InlineData("+email:a@example.org", "dns:boot.example.org email:b@example.org", false)]
    [InlineData("+uri:example.org", "dns:boot.example.org uri:https://example.org/x", true)]
    [InlineData("+uri:.example.org", "dns:boot.example.org uri:https://u@boot.example.org:80/x", true)]
    [InlineData("+uri:example.org", "dns:boot.example.org uri:https://evil.org/example.org", false)]
    [InlineData("-uri:example.org", "dns:boot.example.org uri:https://192.0.2.1/", false)]
    [InlineData("+other:", "dns:boot.example.org", true)]        // a kind that the certificate does not have
    public void AnAuthorityKeepsToItsNames(string constraints, string names, bool isAccepted)
    {
        TestIdentity between = ChainTalk.Below(
            Root, "Between", request => request.CertificateExtensions.Add(ChainTalk.Constraints(constraints)));
        var talk = new ChainTalk(Root);
        if (isAccepted) talk.Accept(ChainTalk.Server(between, names), between);
        else talk.Refuse(CertificateFailure.NameNotPermitted, ChainTalk.Server(between, names), between);
    }

    [Fact]
    public void ConstraintsOfARootAndOfEveryAuthorityAbovePassOn()
    {
        TestIdentity root = ChainTalk.Root(edit: Add("-dns:example.org"));
        TestIdentity between = ChainTalk.Below(root, "Between"), below = ChainTalk.Below(between, "Below");
        var talk = new ChainTalk(root);
        talk.Refuse(CertificateFailure.NameNotPermitted, ChainTalk.Server(below), between, below);
        talk.AcceptAs("a.org", ChainTalk.Server(below, "dns:a.org"), between, below);
        TestIdentity named = ChainTalk.Below(Root, "Named", Add("+dir:CN=Below +dir:CN=server"));
        TestIdentity good = ChainTalk.Below(named, "Below"), bad = ChainTalk.Below(named, "Other");
        new ChainTalk(Root).Accept(ChainTalk.Server(good), named, good);
        new ChainTalk(Root).Refuse(CertificateFailure.NameNotPermitted, ChainTalk.Server(bad), named, bad);

        static Action<System.Security.Cryptography.X509Certificates.CertificateRequest> Add(string constraints) =>
            request => request.CertificateExtensions.Add(ChainTalk.Constraints(constraints));
    }

    [Fact]
    public void AnAuthorityThatRenewedItsOwnKeyKeepsItsNameAndItsConstraints()
    {
        TestIdentity between = ChainTalk.Below(Root, "Between", request =>
            request.CertificateExtensions.Add(ChainTalk.Constraints("+dir:CN=server -dns:evil.org")));
        TestIdentity renewed = ChainTalk.Below(between, "Between");   // not a name that it may vouch for
        new ChainTalk(Root).Accept(ChainTalk.Server(renewed), between, renewed);
        new ChainTalk(Root).Refuse(
            CertificateFailure.NameNotPermitted, ChainTalk.Server(renewed, "dns:evil.org"), between, renewed);
        TestIdentity below = ChainTalk.Below(renewed, "Below");
        new ChainTalk(Root).Refuse(
            CertificateFailure.NameNotPermitted, ChainTalk.Server(below), between, renewed, below);
        new ChainTalk(Root).Refuse(   // a server of the authority's own name is no authority
            CertificateFailure.NameNotPermitted, ChainTalk.Server(between, name: "Between"), between);
    }

    [Theory]
    [InlineData("+other:", "88022a03", false)]               // of a kind that is constrained and cannot be compared
    [InlineData("-other:", "8808687474703a2f2f61", false)]
    [InlineData("-other:", "8803020105", false)]
    [InlineData("-other:", "8203616263", true)]
    [InlineData("-ip:10.0.0.0/255.0.0.0", "87030a0102", false)]       // no address
    [InlineData("+ip:10.0.0.0/255.0.0.0", "87030a0102", false)]
    [InlineData("-email:example.org", "8103616263", false)]           // no mail address
    [InlineData("+email:example.org", "8103616263", false)]
    [InlineData("-uri:example.org", "8603616263", false)]             // no host in it
    [InlineData("+uri:example.org", "8603616263", false)]
    [InlineData("-uri:example.org", "860c687474703a2f2f5b3a3a315d", false)]   // an address
    [InlineData("-dns:example.org", "8200", false)]
    [InlineData("-dir:CN=x", "a403020105", false)]                    // no name
    [InlineData("+dir:CN=server", "a403020105", false)]
    [InlineData("-dns:example.org", "8203", false)]                   // no names at all
    [InlineData("-uri:example.org", "861b687474703a2f2f6578616d706c652e6f7267406576696c2e6f7267", true)]
    [InlineData("-uri:evil.org", "861b687474703a2f2f6578616d706c652e6f7267406576696c2e6f7267", false)]
    public void WhatCannotBeComparedIsNotPermitted(string constraints, string name, bool isAccepted)
    {
        byte[] bytes = Convert.FromHexString(name);
        byte[] host = [0x82, 16, .. Encoding.ASCII.GetBytes(ChainTalk.Host)];
        byte[] names = [0x30, (byte)(bytes.Length + host.Length), .. host, .. bytes];
        TestIdentity between = ChainTalk.Below(
            Root, "Between", request => request.CertificateExtensions.Add(ChainTalk.Constraints(constraints)));
        TestIdentity server = ChainTalk.Server(between, names: null, edit: request =>
            request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names, critical: false)));
        if (isAccepted) new ChainTalk(Root).Accept(server, between);
        else new ChainTalk(Root).Refuse(CertificateFailure.NameNotPermitted, server, between);
    }

    [Fact]
    public void AMailAddressInTheSubjectCountsWhereThereIsNoOther()
    {
        TestIdentity between = ChainTalk.Below(Root, "Between", request =>
            request.CertificateExtensions.Add(ChainTalk.Constraints("+email:example.org")));
        Refuse("server, E=a@evil.org", "dns:" + ChainTalk.Host);
        new ChainTalk(Root).Accept(ChainTalk.Server(between, name: "server, E=a@example.org"), between);
        new ChainTalk(Root).Accept(ChainTalk.Server(   // RFC 5280, section 4.2.1.10: only without alternative names
            between, $"dns:{ChainTalk.Host} email:a@example.org", name: "server, E=a@evil.org"), between);

        void Refuse(string name, string names) => new ChainTalk(Root).Refuse(
            CertificateFailure.NameNotPermitted, ChainTalk.Server(between, names, name: name), between);
    }

    [Fact]
    public void ACommonNameThatCountsAsAHostIsConstrainedLikeOne()
    {
        TestIdentity between = ChainTalk.Below(
            Root, "Between", request => request.CertificateExtensions.Add(ChainTalk.Constraints("-dns:example.org")));
        TestIdentity server = ChainTalk.Server(between, names: null, name: ChainTalk.Host);
        new ChainTalk(Root).Refuse(CertificateFailure.NameNotPermitted, server, between);
    }

    private static void Check(TestIdentity server, string host, bool isAccepted)
    {
        if (isAccepted) new ChainTalk(Root).AcceptAs(host, server);
        else new ChainTalk(Root).RefuseAs(CertificateFailure.WrongHost, host, server);
    }
}
