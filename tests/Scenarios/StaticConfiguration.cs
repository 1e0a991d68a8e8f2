using System.IO;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Bootlace.Stub;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A network without a DHCP server, where the script knows the addresses: setting them is all that is needed.
/// </summary>
public sealed class StaticConfiguration
{
    private const string GuestAddress = "10.77.0.20", Host = "boot.static.test";

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AddressGatewayAndNameServerBySettingsBootLinux(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(StaticConfiguration), Firmware.ByName(firmwareName));
        string name = bed.Setup.Name;
        string folder = Directory.CreateTempSubdirectory("bootlace-static-").FullName;
        string work = Directory.CreateTempSubdirectory("bootlace-nginx-").FullName;
        File.Copy(bed.Payload.Kernel, Path.Combine(folder, "vmlinuz"));
        File.Copy(bed.Payload.Initrd, Path.Combine(folder, "initrd.img"));

        using NamespaceLan lan = NamespaceLan.Create();
        string requests = NginxServer.Start(lan, folder, work, $"{name}.nginx.txt");
        string questions = DnsmasqServer.Start(
            lan, folder, [$"--no-dhcp-interface={NamespaceLan.TapName}", "--log-queries"], $"{name}.dnsmasq.txt", Host);
        Prepare(bed, lan, $"""
            #!ipxe
            ifopen net0
            set net0/ip {GuestAddress}
            set net0/netmask 255.255.255.0
            set net0/gateway {NamespaceLan.ServerAddress}
            set net0/dns {NamespaceLan.ServerAddress}
            route
            isset ${"{ip}"} && isset ${"{netX/gateway}"} || exit 1
            kernel http://{Host}/vmlinuz {bed.Payload.CommandLine}
            initrd http://{Host}/initrd.img
            boot

            """);
        await using (VirtualMachine machine = bed.Start())
        {
            await machine.ExpectAsync(
                Expectations.BootLimit, $"net0: {GuestAddress}/255.255.255.0 gw {NamespaceLan.ServerAddress}");
            await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        }

        string served = await ServerLog.ReadAsync(requests);
        foreach (string file in new[] { "vmlinuz", "initrd.img" })
            Assert.Contains($"\"GET /{file} HTTP/1.1\" 200", served);
        Assert.Contains($"{GuestAddress} - - ", served);
        string asked = await ServerLog.ReadAsync(questions);
        Assert.Contains($"query[A] {Host} from {GuestAddress}", asked);
        Assert.DoesNotContain("DHCPACK", asked);
        Directory.Delete(folder, recursive: true);
        Directory.Delete(work, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task AClearedAddressLeavesNoWayToTheServer(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync("StaticCleared", Firmware.ByName(firmwareName));
        using NamespaceLan lan = NamespaceLan.Create();
        Prepare(bed, lan, $"""
            #!ipxe
            ifopen net0
            set net0/ip {GuestAddress}
            clear net0/ip
            kernel http://{NamespaceLan.ServerAddress}/vmlinuz

            """);
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectFailureAsync(NetFailure.NoRoute, NamespaceLan.ServerAddress);
    }

    /// <summary>The script travels in the loader: there is no server that could name one.</summary>
    private static void Prepare(BootBed bed, NamespaceLan lan, string script)
    {
        byte[] loader = File.ReadAllBytes(LoaderImage.For(bed.Setup.Firmware.Architecture));
        string customised = Path.Combine(Repository.Logs, $"{bed.Setup.Name}.efi");
        File.WriteAllBytes(
            customised, PeFile.WithSection(loader, ".script", Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))));
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(customised), Network = new MachineNetwork.Tap(lan),
        };
    }
}
