using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects the search for a chain: what servers send is incomplete, too much, in disorder, partly expired or
/// made to keep us busy.</summary>
public class ChainSearchTests
{
    [Fact]
    public void CertificatesComeInAnyOrderWithOthersAmongThem()
    {
        TestIdentity root = ChainTalk.Root(), upper = ChainTalk.Below(root, "Upper");
        TestIdentity lower = ChainTalk.Below(upper, "Lower"), stranger = ChainTalk.Root("Stranger");
        TestIdentity server = ChainTalk.Server(lower);
        Assert.Equal(
            "server < Lower < Upper < Root",
            new ChainTalk(root).Accept(server, upper, stranger, server, lower, root, lower));
        new ChainTalk(root).Refuse(CertificateFailure.UnknownAuthority, server, upper, stranger);
    }

    [Fact]
    public void AnExpiredCrossSignedAuthorityIsNoObstacleToAGoodOne()
    {
        // The new root is also signed by the old one, which has ended: as it was with public authorities.
        TestIdentity old = TestIdentity.Make("Old", isAuthority: true, until: 5);
        TestIdentity root = ChainTalk.Root("New"), cross = Cross(root, old);
        TestIdentity between = ChainTalk.Below(root, "Between"), server = ChainTalk.Server(between);
        TestIdentity[][] orders = [[between, cross], [cross, between], [between, cross, old]];
        foreach (TestIdentity[] sent in orders)
        {
            Assert.Equal("server < Between < New", new ChainTalk(root, old).SetTime(20).Accept(server, sent));
            Assert.Equal("server < Between < New", new ChainTalk(old, root).SetTime(20).Accept(server, sent));
        }
        Assert.Equal(
            "server < Between < New < Old", new ChainTalk(old).Accept(server, between, cross));   // in its time
        new ChainTalk(old).SetTime(20).Refuse(CertificateFailure.Expired, server, between, cross);
    }

    [Fact]
    public void TwoExpiredAuthoritiesAreTriedBeforeAThird()
    {
        TestIdentity root = ChainTalk.Root();
        TestIdentity[] sent = [.. Enumerable.Range(0, 3).Select(i => TestIdentity.Make(
            "Between", root, isAuthority: true, until: i < 2 ? 5 : 1000, edit: Anonymous))];
        new ChainTalk(root).SetTime(20).Accept(ChainTalk.Server(sent[2], edit: Anonymous), sent);
        new ChainTalk(root).SetTime(20).Refuse(
            CertificateFailure.Expired, ChainTalk.Server(sent[0], edit: Anonymous), sent);

        static void Anonymous(CertificateRequest request) => ChainTalk.Remove(request, "2.5.29.14");
    }

    [Fact]
    public void TheScriptsCertificatesStandBetweenButAreNotTrusted()
    {
        TestIdentity root = ChainTalk.Root(), between = ChainTalk.Below(root, "Between");
        TestIdentity stranger = ChainTalk.Root("Stranger"), server = ChainTalk.Server(between);
        var talk = new ChainTalk(root);
        talk.Refuse(CertificateFailure.UnknownAuthority, server);
        talk.AddBetween(between);
        talk.AddBetween(stranger);
        talk.Accept(server);
        talk.Refuse(CertificateFailure.UnknownAuthority, ChainTalk.Server(stranger));
        Assert.Equal(2, talk.Trust.Remove(stored => !stored.IsRoot));
        talk.Refuse(CertificateFailure.UnknownAuthority, server);
    }

    [Fact]
    public void NamesAreComparedAsNames()
    {
        // PKITS 4.3.3 to 4.3.6: blanks and capitals make no difference.
        TestIdentity root = ChainTalk.Root("The  Root");
        TestIdentity server = ChainTalk.Server(Renamed(root, "CN=the ROOT"));
        new ChainTalk(root).Accept(server);
        new ChainTalk(root).Refuse(CertificateFailure.UnknownAuthority, ChainTalk.Server(Renamed(root, "CN=TheRoot")));
        new ChainTalk(root).Refuse(
            CertificateFailure.UnknownAuthority, ChainTalk.Server(Renamed(root, "CN=The  Root, O=x")));
    }

    [Fact]
    public void AHolderOfManyCertificatesOfOneNameDoesNotKeepUsBusy()
    {
        TestIdentity root = ChainTalk.Root(), issuer = ChainTalk.Root("Maze", Anonymous);
        TestIdentity server = ChainTalk.Server(issuer, edit: Anonymous);
        TestIdentity[] maze = [.. Enumerable.Range(0, 64).Select(_ => ChainTalk.Root("Maze", Anonymous))];
        new ChainTalk(root).Refuse(CertificateFailure.BadChain, server, maze);
        new ChainTalk(root).Refuse(CertificateFailure.TooMany, server, [.. maze, root]);
        // Sixty-four signatures are checked: sixty-two wrong ones, that of the server's issuer, and the root's.
        TestIdentity hidden = ChainTalk.Below(root, "Maze", Anonymous);
        server = ChainTalk.Server(hidden, edit: Anonymous);
        new ChainTalk(root).Accept(server, [.. maze[..62], hidden]);
        new ChainTalk(root).Refuse(CertificateFailure.BadChain, server, [.. maze[..63], hidden]);

        static void Anonymous(CertificateRequest request) => ChainTalk.Remove(request, "2.5.29.14");
    }

    [Fact]
    public void L6_AuthoritiesThatSignEachOtherHaveNoEnd()
    {
        TestIdentity one = ChainTalk.Root("One"), two = ChainTalk.Root("Two");
        TestIdentity oneByTwo = Cross(one, two), twoByOne = Cross(two, one);
        new ChainTalk(ChainTalk.Root()).Refuse(
            CertificateFailure.UnknownAuthority, ChainTalk.Server(one), oneByTwo, twoByOne);
        new ChainTalk(two).Accept(ChainTalk.Server(one), twoByOne, oneByTwo);
    }

    [Fact]
    public void WhatIsNoCertificateIsDamagedOrIgnored()
    {
        TestIdentity root = ChainTalk.Root(), server = ChainTalk.Server(root);
        var talk = new ChainTalk(root);
        var verifier = new ChainVerifier(talk.Trust, talk.Time);
        BootFailure failure = Assert.Throws<BootFailure>(
            () => verifier.Verify(server.Der.AsMemory(1), [], CertificatePurpose.ServerAuth, ChainTalk.Host));
        Assert.Same(CertificateFailure.BadCertificate, failure.Kind);
        verifier.Verify(server.Der, [new byte[] { 1, 2, 3 }], CertificatePurpose.ServerAuth, ChainTalk.Host);
    }

    [Fact]
    public void FilesHoldOneCertificateOrManyInEitherForm()
    {
        TestIdentity one = ChainTalk.Root("One"), two = ChainTalk.Root("Two");
        byte[] pem = Encoding.ASCII.GetBytes($"a comment\n{one.Pem}{one.KeyPem}\r\n{two.Pem}");
        Assert.Equal("One Two", string.Join(' ', CertificateFile.Read(pem).Select(read => read.Name)));
        Assert.Equal("One Two", string.Join(' ', CertificateFile.Read([.. one.Der, .. two.Der]).Select(r => r.Name)));
        foreach ((byte[] bytes, FailureKind kind) in new (byte[], FailureKind)[]
        {
            ([], CertificateFailure.NoCertificate), ("<html>"u8.ToArray(), CertificateFailure.NoCertificate),
            (Encoding.ASCII.GetBytes(one.KeyPem), CertificateFailure.NoCertificate),
            (one.Der[..^1], CertificateFailure.NoCertificate), ([.. one.Der, 0x30], CertificateFailure.BadCertificate),
            (pem[..^40], CertificateFailure.BadCertificate), ([0x30, 0], CertificateFailure.BadCertificate),
        })
            Assert.Same(kind, Assert.Throws<BootFailure>(() => CertificateFile.Read(bytes)).Kind);
    }

    [Fact]
    public void TheStoreKnowsWhatItHasAndTellsOfEveryChange()
    {
        TestIdentity embedded = ChainTalk.Root("Embedded"), added = ChainTalk.Root("Added");
        int reads = 0;
        var store = new TrustStore(() =>
        {
            reads++;
            return embedded.Der;
        });
        Certificate one = Certificate.TryRead(added.Der)!, own = Certificate.TryRead(embedded.Der)!;
        Assert.Equal(0, reads);   // nobody has asked yet
        Assert.True(store.IsTrusted(own));
        Assert.Equal((1, 1), (reads, store.Generation));
        Assert.Equal(1, store.Add([one, one], TrustOrigin.Script, isRoot: false));
        Assert.Equal((0, 2), (store.Add([one], TrustOrigin.Script, isRoot: false), store.Generation));
        Assert.False(store.IsTrusted(one));
        Assert.Equal((1, 3), (store.Add([one], TrustOrigin.Script, isRoot: true), store.Generation));
        Assert.True(store.IsTrusted(one));
        Assert.Equal(0, store.Add([one], TrustOrigin.Script, isRoot: false));   // it stays a root
        Assert.Equal(2, store.Certificates.Count);
        Assert.Equal(1, store.Remove(_ => true));   // what is embedded stays
        Assert.Equal((false, true), (store.IsTrusted(one), store.IsTrusted(own)));
        foreach (int length in new[] { 1, 31, 33, 65 * 32 })
        {
            var failure = Assert.Throws<BootFailure>(() => store.SetFingerprints(new byte[length]));
            Assert.Same(CertificateFailure.BadFingerprints, failure.Kind);
        }
        store.SetFingerprints([.. new byte[32], .. SHA256.HashData(added.Der)]);
        Assert.True(store.IsTrusted(one));
    }

    [Fact]
    public void WhoFindsNoRoomInTheStoreIsNotTrusted()
    {
        TestIdentity seed = ChainTalk.Root();
        var store = new TrustStore();
        store.Add([.. Enumerable.Range(0, 1023).Select(Variant)], TrustOrigin.Script, isRoot: false);
        Certificate last = Variant(1023), over = Variant(1024);
        int generation = store.Generation;
        var failure = Assert.Throws<BootFailure>(() => store.Add([last, over], TrustOrigin.Script, isRoot: true));
        Assert.Same(CertificateFailure.TooMany, failure.Kind);
        Assert.Equal((false, false), (store.IsTrusted(last), store.IsTrusted(over)));
        Assert.Equal((1023, generation), (store.Certificates.Count, store.Generation));
        Assert.Equal(1, store.Add([last, last], TrustOrigin.Script, isRoot: true));
        Assert.Throws<BootFailure>(() => store.Add([over], TrustOrigin.Script, isRoot: true));
        Assert.Equal((true, false), (store.IsTrusted(last), store.IsTrusted(over)));
        Assert.Equal(1, store.Add([Variant(0)], TrustOrigin.Script, isRoot: true));   // one that is there already

        // Its signature is never looked at here.
        Certificate Variant(int number)
        {
            byte[] der = (byte[])seed.Der.Clone();
            (der[^1], der[^2]) = ((byte)number, (byte)(number >> 8));
            return Certificate.TryRead(der)!;
        }
    }

    [Fact]
    public void AListOfFingerprintsThatIsNoneTrustsNobody()
    {
        TestIdentity root = ChainTalk.Root();
        var store = new TrustStore();
        store.SetFingerprints(SHA256.HashData(root.Der));
        int generation = store.Generation;
        Assert.Throws<BootFailure>(() => store.SetFingerprints(new byte[33]));
        Assert.False(store.IsTrusted(Certificate.TryRead(root.Der)!));
        Assert.True(store.IsEmpty && store.Generation > generation);
    }

    [Fact]
    public void AnEncodedCertificateIsReadAsOneWhateverTextItHolds()
    {
        TestIdentity other = ChainTalk.Root("Other");
        TestIdentity one = ChainTalk.Root("One", request => request.CertificateExtensions.Add(
            new X509Extension("1.2.3.4", Encoding.ASCII.GetBytes(other.Pem), critical: false)));
        Assert.Equal("One", Assert.Single(CertificateFile.Read(one.Der)).Name);
        Assert.Equal("Other", Assert.Single(CertificateFile.Read(Encoding.ASCII.GetBytes("0 s:\n" + other.Pem))).Name);
    }

    [Fact]
    public void NamesOnTheScreenAreShortAndPlain()
    {
        TestIdentity evil = ChainTalk.Root("\x1b[2Jevil\r\nowned" + new string('x', 200));
        string name = Certificate.TryRead(evil.Der)!.Name;
        Assert.StartsWith("?[2Jevil??owned", name);
        Assert.Equal(67, name.Length);
    }

    /// <summary>The subject and key of one, signed by another.</summary>
    private static TestIdentity Cross(TestIdentity one, TestIdentity signer) =>
        TestIdentity.Cross(one, signer);

    /// <summary>The same key under another name: what it signs names that one.</summary>
    private static TestIdentity Renamed(TestIdentity one, string name) => TestIdentity.Renamed(one, name);
}
