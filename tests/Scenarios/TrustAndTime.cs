using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Bootlace.Stub;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>Roots put into the built loader and roots from the script, and the date: a machine whose clock has stopped
/// says so, and a time server sets it right.</summary>
public sealed class TrustAndTime : IDisposable
{
    private const string UnixTime = "${unixtime:int32}";

    private readonly NamespaceLan _lan = NamespaceLan.Create();
    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-trust-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("bootlace-servers-").FullName;

    public void Dispose()
    {
        _lan.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task RootsAreListedAndAStoppedClockIsSetRight(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        string name = $"{nameof(TrustAndTime)}-{firmware.Name}";
        using X509Certificate2 embedded = MakeRoot("Embedded Root"), added = MakeRoot("Added Root");
        string bundle = Path.Combine(_folder, "embedded.pem");
        await File.WriteAllTextAsync(bundle, embedded.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "added.pem"), added.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "boot.ipxe"), $"""
            #!ipxe
            certstore --trust added.pem
            certstat
            echo before ntp
            ntp {NamespaceLan.ServerAddress}
            echo after ntp {UnixTime}
            certfree
            echo what is left:
            certstat
            ntp 10.77.0.9

            """.ReplaceLineEndings("\n"));
        string loader = Path.Combine(Repository.Logs, name + ".efi");
        byte[] built = await File.ReadAllBytesAsync(LoaderImage.For(firmware.Architecture));
        await File.WriteAllBytesAsync(
            loader, PeFile.WithSection(built, RootBundle.Section, RootBundle.Read([bundle]).Content));
        string site = $"http://{NamespaceLan.ServerAddress}/";
        NginxServer.Start(_lan, _folder, _work, name + ".nginx.txt");
        ChronyServer.Start(_lan, _work, name + ".chrony.txt");
        DnsmasqServer.Start(_lan, _folder, [], name + ".dnsmasq.txt");

        MachineStart start = new MachineStart.Program(
            loader, $"dhcp && echo no date yet: {UnixTime} && chain {site}boot.ipxe");
        MachineSetup setup = new(name, firmware, start, new MachineNetwork.Tap(_lan))
        {
            ClockBase = "2001-02-03T04:05:06",
        };
        await using VirtualMachine machine = VirtualMachine.Start(setup);
        await machine.ExpectFailureAsync(
            NetFailure.NeighborSilent, "No date: the machine's clock says 2001-02-03",
            $"Embedded Root : {Fingerprint(embedded)} [TRUSTED] [EMBEDDED]",
            $"Added Root : {Fingerprint(added)} [TRUSTED]", "by NTP", "what is left:");
        Assert.True(machine.Serial.HasSaid($"The date is {DateTime.UtcNow:yyyy-MM-dd}"));
    }

    private static string Fingerprint(X509Certificate2 one)
    {
        string digits = Convert.ToHexStringLower(SHA256.HashData(one.RawData));
        return string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
    }

    private static X509Certificate2 MakeRoot(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
