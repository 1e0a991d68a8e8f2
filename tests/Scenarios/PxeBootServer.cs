using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>dnsmasq with a PXE service: `pxebs` finds it and tells its file; what ping, nstat, ipstat and ifstat say of
/// that network; and `autoboot` boots the script that DHCP names for the machine the script has made itself.</summary>
public sealed class PxeBootServer
{
    private const string Uuid = "00112233-4455-6677-8899-aabbccddeeff";
    private const string UuidOption = "00:33:22:11:00:55:44:77:66:88:99:aa:bb:cc:dd:ee:ff";

    private const string Line = "set uuid " + Uuid + " && dhcp --configurator dhcp --timeout 60000 net0 && "
        + "pxebs net0 32768 && "
        + "echo server [${pxebs/filename}] [${pxebs/next-server}] && ping -c 1 10.77.0.1 && nstat && ipstat && "
        + "ifstat && pxebs net0 5 || autoboot net0";

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task TheBootServerOfATypeIsFound(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        await using BootBed bed = await BootBed.CreateAsync(nameof(PxeBootServer), firmware);
        string folder = Directory.CreateTempSubdirectory("bootlace-pxebs-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "boot.ipxe"), "#!ipxe\necho booted by itself\nexit 3\n");
        using NamespaceLan lan = NamespaceLan.Create();
        int architecture = firmware.Architecture == Architecture.X64 ? 7 : 11;
        DnsmasqServer.Start(
            lan, folder,
            [
                $"--pxe-service={architecture},Service,menu.efi", "--dhcp-boot=other.ipxe",
                $"--dhcp-match=set:ours,97,{UuidOption}", "--dhcp-boot=tag:ours,boot.ipxe",
            ],
            $"PxeBootServer-{firmware.Name}.dnsmasq.txt");
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(LoaderImage.For(firmware.Architecture), Line),
            Network = new MachineNetwork.Tap(lan),
        };
        await using (VirtualMachine machine = bed.Start())
        {
            await machine.ExpectAsync(Expectations.BootLimit, "server [menu.efi] [10.77.0.1]");
            await machine.ExpectAsync(Expectations.BootLimit, "64 bytes from 10.77.0.1: seq=1");
            await machine.ExpectAsync(Expectations.BootLimit, "net0 IPv4 10.77.0.1 is Ethernet ");
            await machine.ExpectAsync(Expectations.BootLimit, "OutNoRoutes:");
            await machine.ExpectAsync(Expectations.BootLimit, "net0: 52:54:00:12:34:56 using SNP");
            await machine.ExpectAsync(Expectations.BootLimit, "No PXE boot server of type 5 answers");
            await machine.ExpectAsync(Expectations.BootLimit, "booted by itself");
            await machine.ExpectReturnAsync();
        }
        Directory.Delete(folder, recursive: true);
    }
}
