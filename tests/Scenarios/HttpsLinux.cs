using System.IO;
using System.Linq;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Tests.Support;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The main job with nothing on the way that could be changed: a root in the loader, DHCP names a script by
/// plain HTTP whose server leads on to HTTPS; list of hashes, kernel and initrd come from servers that speak nothing
/// but TLS 1.3, and nothing but 1.2.</summary>
public sealed class HttpsLinux
{
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_between = TestIdentity.Make("Servers", s_root, isAuthority: true);
    private static readonly TestIdentity s_server =
        TestIdentity.MakeServer(s_between, [MachineNetwork.User.HostAddress]);
    private static readonly TestIdentity s_rsaServer =
        TestIdentity.MakeServer(s_between, [MachineNetwork.User.HostAddress, "boot.example"], "rsa2048");
    private static readonly TestIdentity s_signer = TestIdentity.Make("Boot Signing", s_root, "rsa2048");

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task LinuxBootsOverHttpsByASignedList(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpsLinux), Firmware.ByName(firmware));
        TlsPort newest = await bed.Server.OpenTlsAsync(
            new TlsSetup(s_server, s_between) { Versions = SslProtocols.Tls13 });
        TlsPort older = await bed.Server.OpenTlsAsync(
            new TlsSetup(s_rsaServer, s_between) { Versions = SslProtocols.Tls12 });
        Offer(bed, newest, older);
        bed.Trust(s_root);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);

        Assert.True(machine.Serial.HasSaid("Signed by Boot Signing"));
        Assert.False(machine.Serial.HasSaid("UNVERIFIED"));
        Assert.Equal(
            [
                ("/boot.ipxe", bed.Server.Port), ("/safe/boot.ipxe", newest.Port), ("/safe/SHA256SUMS", newest.Port),
                ("/safe/SHA256SUMS.sig", newest.Port), ("/safe/vmlinuz", newest.Port), ("/initrd.img", older.Port),
            ],
            bed.Server.Requests.Select(it => (it.Path, it.Port)));
        // One connection to each, however much is fetched; addresses never go into SNI (RFC 6066, section 3).
        LoggedHandshake first = Assert.Single(newest.Handshakes), second = Assert.Single(older.Handshakes);
        Assert.Equal((SslProtocols.Tls13, ""), (first.Version, first.ServerName));
        Assert.Equal((SslProtocols.Tls12, ""), (second.Version, second.ServerName));
        // U-Boot's machine has neither a clock nor a generator of random numbers.
        Assert.Equal(!bed.Setup.Firmware.IsEdk2, machine.Serial.HasSaid("No date: "));
        Assert.Equal(
            !bed.Setup.Firmware.IsEdk2, machine.Serial.HasSaid("Random numbers come from timing jitter alone"));
    }

    private static void Offer(BootBed bed, TlsPort newest, TlsPort older)
    {
        string initrd = older.GuestUrl("/initrd.img");
        byte[] list = Encoding.ASCII.GetBytes(
            $"{Digest(bed.Payload.Kernel)}  vmlinuz\n{Digest(bed.Payload.Initrd)}  {initrd}\n");
        string script = $$"""
            #!ipxe
            set signer Boot Signing
            manifest --signer ${signer} SHA256SUMS
            imgtrust --permanent
            kernel vmlinuz {{bed.Payload.CommandLine}}
            initrd {{initrd}}
            boot

            """;
        using var openssl = new OpenSsl();
        bed.Server["/boot.ipxe"] = ServedFile.FromText("") with { RedirectTo = newest.GuestUrl("/safe/boot.ipxe") };
        bed.Server["/safe/boot.ipxe"] = ServedFile.FromText(script.ReplaceLineEndings("\n"));
        bed.Server["/safe/SHA256SUMS"] = ServedFile.FromBytes(list);
        bed.Server["/safe/SHA256SUMS.sig"] = ServedFile.FromBytes(openssl.Sign(list, s_signer));
        bed.Server["/safe/vmlinuz"] = ServedFile.FromPath(bed.Payload.Kernel);
    }

    private static string Digest(string path) =>
        System.Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
