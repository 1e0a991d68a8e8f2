using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A boot server as it is run in earnest: a name in the DNS, nginx that leads from HTTP to HTTPS and ends each
/// connection after one answer. The first handshake is a whole one; the others go on from it.</summary>
public sealed class HttpsNginx : IDisposable
{
    private const string Host = "boot.example";
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_between = TestIdentity.Make("Servers", s_root, isAuthority: true);
    private static readonly TestIdentity s_server = TestIdentity.MakeServer(s_between, [Host]);

    private readonly NamespaceLan _lan = NamespaceLan.Create();
    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-https-").FullName;
    private readonly string _work = Directory.CreateTempSubdirectory("bootlace-servers-").FullName;

    public void Dispose()
    {
        _lan.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_work, recursive: true);
    }

    [Theory]
    [InlineData("ovmf", "TLSv1.3")]
    [InlineData("uboot", "TLSv1.2")]
    public async Task LinuxBootsFromAServerByNameAndSessionsGoOn(string firmwareName, string version)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        LinuxPayload payload = LinuxPayload.Prepare(firmware.Architecture);
        string name = $"{nameof(HttpsNginx)}-{firmware.Name}";
        File.Copy(payload.Kernel, Path.Combine(_folder, "vmlinuz"));
        File.Copy(payload.Initrd, Path.Combine(_folder, "initrd.img"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "boot.ipxe"), $"""
            #!ipxe
            nslookup net0/server {Host} && show net0/server
            kernel vmlinuz {payload.CommandLine}
            initrd initrd.img
            boot

            """.ReplaceLineEndings("\n"));
        string log = NginxServer.StartTls(_lan, _folder, _work, name + ".nginx.txt", s_server, s_between, version);
        DnsmasqServer.Start(
            _lan, _folder, [$"--dhcp-boot=http://{Host}/boot.ipxe"], name + ".dnsmasq.txt", Host);
        await using VirtualMachine machine = VirtualMachine.Start(
            TrustingLoader.Machine(name, firmware, s_root, new MachineNetwork.Tap(_lan)));
        await machine.ExpectAsync(Expectations.BootLimit, $"net0/server:ipv4 = {NamespaceLan.ServerAddress}");
        await machine.ExpectLinuxAsync(payload, hasBanner: false);

        string[] lines = (await ServerLog.ReadAsync(log)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "http GET /boot.ipxe 301",
                $"{version} {Host} . GET /boot.ipxe 200",
                $"{version} {Host} r GET /vmlinuz 200",
                $"{version} {Host} r GET /initrd.img 200",
            ],
            lines.Where(it => it.Contains(" GET ")));
    }
}
