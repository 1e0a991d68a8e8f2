using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Authentication;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Harness;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Servers that are not to be believed, each refused with its own code, after which the script goes on; and
/// servers that do not believe us before we show a certificate.</summary>
public sealed class HttpsRefusals
{
    private const string Host = MachineNetwork.User.HostAddress;
    private const string Secret = "only over a connection one can trust";

    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_stranger = TestIdentity.Make("Another Root", isAuthority: true);
    private static readonly TestIdentity s_client =
        TestIdentity.Make("Guest", s_root, usage: TestIdentity.ClientAuth);
    private static readonly TestIdentity s_rsaClient =
        TestIdentity.Make("Guest with RSA", s_root, "rsa2048", usage: TestIdentity.ClientAuth);

    /// <summary>Servers, and why they are refused.</summary>
    private static IEnumerable<(TlsSetup Setup, FailureKind Kind)> Impostors()
    {
        yield return (Of(TestIdentity.MakeServer(s_root, ["10.0.2.3", "boot.example"])), CertificateFailure.WrongHost);
        yield return (Of(TestIdentity.MakeServer(s_stranger, [Host])), CertificateFailure.UnknownAuthority);
        yield return (Of(TestIdentity.MakeServer(s_root, [Host], until: -10)), CertificateFailure.Expired);
        yield return (Of(TestIdentity.MakeServer(null, [Host])), CertificateFailure.SelfSigned);
        yield return (
            Of(TestIdentity.MakeServer(s_root, [Host], usage: TestIdentity.ClientAuth)), CertificateFailure.WrongUsage);
        yield return (
            Of(TestIdentity.MakeServer(s_stranger, [Host], "rsa2048")) with { Versions = SslProtocols.Tls12 },
            CertificateFailure.UnknownAuthority);
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task EachIsRefusedByItsCodeAndTheScriptGoesOn(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpsRefusals), firmware);
        TlsPort honest = await bed.Server.OpenTlsAsync(Of(TestIdentity.MakeServer(s_root, [Host])));
        List<(TlsPort Port, FailureKind Kind)> impostors = [];
        foreach ((TlsSetup setup, FailureKind kind) in Impostors())
            impostors.Add((await bed.Server.OpenTlsAsync(setup), kind));
        bed.Server["/root.crt"] = ServedFile.FromText(s_root.Pem);
        bed.Server["/secret"] = ServedFile.FromText(Secret);
        bed.Server["/downgrade"] = ServedFile.FromText("") with { RedirectTo = bed.Server.GuestUrl("/secret") };
        string attempts = string.Concat(impostors.Select(
            (it, i) => $"imgfetch {it.Port.GuestUrl("/secret")} || echo went on after {i}\n"));
        bed.Script = $"""
            #!ipxe
            imgfetch {honest.GuestUrl("/secret")} || echo went on without roots
            certstore --trust root.crt
            {attempts}
            imgfetch {honest.GuestUrl("/downgrade")} || echo went on after the downgrade
            imgfetch {honest.GuestUrl("/secret")} && echo the honest one is believed

            """;
        bed.Setup = bed.Setup with { ClockBase = firmware.IsEdk2 ? null : TrustingLoader.StoppedClock };
        await using VirtualMachine machine = bed.Start();
        await ExpectAsync(machine, CertificateFailure.NoRoots, "went on without roots");
        for (int i = 0; i < impostors.Count; i++)
            await ExpectAsync(machine, impostors[i].Kind, $"went on after {i}");
        await ExpectAsync(machine, UriFailure.RedirectUnprotected, "went on after the downgrade");
        await machine.ExpectAsync(Expectations.BootLimit, "the honest one is believed");
        await machine.ExpectReturnAsync();

        Assert.All(impostors, it => Assert.Equal((1, 0), (it.Port.HandshakesBegun, it.Port.Handshakes.Count)));
        Assert.Equal(
            ["/boot.ipxe", "/root.crt", "/downgrade", "/secret"], bed.Server.Requests.Select(it => it.Path));
        Assert.Equal(honest.Port, bed.Server.Requests[^1].Port);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task ServersThatWantACertificateAreShownOne(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync("HttpsClient", firmware);
        TlsSetup members = Of(TestIdentity.MakeServer(s_root, [Host])) with { ClientAuthority = s_root };
        TlsPort newest = await bed.Server.OpenTlsAsync(members with { Versions = SslProtocols.Tls13 });
        TlsPort older = await bed.Server.OpenTlsAsync(members with { Versions = SslProtocols.Tls12 });
        bed.Script = $"""
            #!ipxe
            imgfetch {newest.GuestUrl("/secret")} || echo turned away by the newest
            imgfetch {older.GuestUrl("/secret")} || echo turned away by the older
            set cert:base64 {Convert.ToBase64String(s_client.Der)}
            set privkey:base64 {Base64OfKey(s_client)}
            imgfetch --name one {newest.GuestUrl("/secret")} && echo let in by the newest
            set cert:base64 {Convert.ToBase64String(s_rsaClient.Der)}
            set privkey:base64 {Base64OfKey(s_rsaClient)}
            imgfetch --name two {older.GuestUrl("/secret")} && echo let in by the older

            """;
        bed.Server["/secret"] = ServedFile.FromText(Secret);
        bed.Trust(s_root);
        await using VirtualMachine machine = bed.Start();
        // .NET hangs up without an alert.
        await ExpectAsync(machine, TlsFailure.Truncated, "turned away by the newest");
        await ExpectAsync(machine, TlsFailure.Truncated, "turned away by the older");
        await machine.ExpectAsync(Expectations.BootLimit, "let in by the newest");
        await machine.ExpectAsync(Expectations.BootLimit, "let in by the older");
        await machine.ExpectReturnAsync();
        Assert.Equal("Guest", Assert.Single(newest.Handshakes).ClientName);
        Assert.Equal("Guest with RSA", Assert.Single(older.Handshakes).ClientName);
    }

    private static async Task ExpectAsync(VirtualMachine machine, FailureKind kind, string echo)
    {
        await machine.ExpectAsync(Expectations.BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");
        await machine.ExpectAsync(Expectations.BootLimit, echo);
    }

    private static TlsSetup Of(TestIdentity server) => new(server);

    private static string Base64OfKey(TestIdentity client) =>
        Convert.ToBase64String(client.Key.ExportPkcs8PrivateKey());
}
