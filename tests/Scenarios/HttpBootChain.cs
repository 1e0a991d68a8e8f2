using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The firmware's own HTTP boot loads the loader from nginx; the loader boots Linux from there.</summary>
public sealed class HttpBootChain
{
    [Theory]
    [InlineData("ovmf")]
    public async Task FirmwareHttpBootLoadsTheLoaderWhichBootsLinux(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpBootChain), firmware);
        string folder = Directory.CreateTempSubdirectory("bootlace-http-").FullName;
        string work = Directory.CreateTempSubdirectory("bootlace-nginx-").FullName;
        File.Copy(LoaderImage.For(firmware.Architecture), Path.Combine(folder, "loader.efi"));
        File.Copy(bed.Payload.Kernel, Path.Combine(folder, "vmlinuz"));
        File.Copy(bed.Payload.Initrd, Path.Combine(folder, "initrd.img"));
        await File.WriteAllTextAsync(Path.Combine(folder, "boot.ipxe"), bed.DefaultScript);

        using NamespaceLan lan = NamespaceLan.Create();
        string site = $"http://{NamespaceLan.ServerAddress}/";
        string log = NginxServer.Start(lan, folder, work, "HttpBootChain.nginx.txt");
        DnsmasqServer.Start(
            lan, folder, DnsmasqServer.HttpThenScript(site + "loader.efi", site + "boot.ipxe"),
            "HttpBootChain.dnsmasq.txt");
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Network(IsHttp: true), Network = new MachineNetwork.Tap(lan),
        };
        await using (VirtualMachine machine = bed.Start())
            await machine.ExpectLinuxAsync(bed.Payload);

        string served = await ServerLog.ReadAsync(log);
        foreach (string file in new[] { "loader.efi", "boot.ipxe", "vmlinuz", "initrd.img" })
            Assert.Contains($"\"GET /{file} HTTP/1.1\" 200", served);
        Directory.Delete(folder, recursive: true);
        Directory.Delete(work, recursive: true);
    }
}
