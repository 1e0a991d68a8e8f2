using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Harness;
using Bootlace.Tests.Crypto;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Responders are asked about servers' certificates: what one says counts, a silent one counts as the script
/// wants, and who changes that has servers judged anew that were believed before.</summary>
public sealed class HttpsRevocation
{
    private const string Host = MachineNetwork.User.HostAddress;

    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task RespondersAreAskedAndThePolicyHoldsAtOnce(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpsRevocation), firmware);
        string responder = bed.Server.GuestUrl("/ocsp");
        TestIdentity sound = Server("Sound", responder), revoked = Server("Revoked", responder),
            unknown = Server("Unknown", responder);
        TlsPort soundPort = await bed.Server.OpenTlsAsync(new TlsSetup(sound));
        TlsPort revokedPort = await bed.Server.OpenTlsAsync(new TlsSetup(revoked));
        TlsPort unknownPort = await bed.Server.OpenTlsAsync(new TlsSetup(unknown));
        Offer(bed, sound, 0);
        Offer(bed, revoked, 1);
        bed.Server["/file"] = ServedFile.FromText("x");
        bed.Trust(s_root);
        bed.Script = $"""
            #!ipxe
            set ocsp require
            imgfetch --name a {soundPort.GuestUrl("/file")} && echo sound is believed
            set ocsp soft
            imgfetch --name b {revokedPort.GuestUrl("/file")} || echo revoked is not
            imgfetch --name c {unknownPort.GuestUrl("/file")} && echo unknown is believed
            imgfetch --name d {unknownPort.GuestUrl("/file")} && echo and again
            set ocsp require
            imgfetch --name e {unknownPort.GuestUrl("/file")} || echo unknown is not any more
            set ocsp off
            imgfetch --name f {unknownPort.GuestUrl("/file")} && echo nobody is asked

            """;
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "sound is believed");
        await ExpectAsync(machine, CertificateFailure.Revoked, "revoked is not");
        await machine.ExpectAsync(Expectations.BootLimit, "the certificate 'Unknown' was revoked cannot be learned");
        await machine.ExpectAsync(Expectations.BootLimit, "unknown is believed");
        await machine.ExpectAsync(Expectations.BootLimit, "and again");
        await ExpectAsync(machine, CertificateFailure.RevocationUnknown, "unknown is not any more");
        await machine.ExpectAsync(Expectations.BootLimit, "nobody is asked");
        await machine.ExpectReturnAsync();

        Assert.Equal((1, 1), (soundPort.HandshakesBegun, soundPort.Handshakes.Count));
        Assert.Empty(revokedPort.Handshakes);
        // Once for the two fetches by the same policy, once in vain, once when nobody is asked.
        Assert.Equal((3, 2), (unknownPort.HandshakesBegun, unknownPort.Handshakes.Count));
        Assert.Equal(4, bed.Server.Requests.Count(it => it.Path.StartsWith("/ocsp/")));
    }

    private static TestIdentity Server(string name, string responder) => TestIdentity.Make(
        name, s_root, usage: TestIdentity.ServerAuth, edit: request =>
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddIpAddress(System.Net.IPAddress.Parse(Host));
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([responder], null));
        });

    private static void Offer(BootBed bed, TestIdentity about, int status)
    {
        Span<byte> query = stackalloc byte[OcspQuery.BytesMax];
        int length = new OcspQuery
        {
            IssuerNameHash = SHA1.HashData(s_root.Certificate.SubjectName.RawData),
            IssuerKeyHash = SHA1.HashData(s_root.Certificate.PublicKey.EncodedKeyValue.RawData),
            SerialNumber = about.Certificate.SerialNumberBytes.Span,
        }.Emit(query);
        // The server takes the path apart at its slashes only after this, so that of a slash in it stays escaped.
        string path = Convert.ToBase64String(query[..length]).Replace("/", "%2F");
        OcspReply reply = new() { Issuer = s_root, About = about, Status = status, UntilDays = 3000 };
        bed.Server["/ocsp/" + path] = ServedFile.FromBytes(reply.Encode());
    }

    private static async Task ExpectAsync(VirtualMachine machine, FailureKind kind, string echo)
    {
        await machine.ExpectAsync(Expectations.BootLimit, $"[{kind.Code:x8}] - {kind.Hint}");
        await machine.ExpectAsync(Expectations.BootLimit, echo);
    }
}
