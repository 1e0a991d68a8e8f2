using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A disk image on a web server that only speaks HTTPS boots without being fetched: GRUB reads what it wants
/// of it, over connections that go on with the first one's session.</summary>
public sealed class HttpsDisk
{
    private const int RequestsMax = 400, HandshakesMax = 8;
    private static readonly TestIdentity s_root = TestIdentity.Make("Private Root", isAuthority: true);
    private static readonly TestIdentity s_server =
        TestIdentity.MakeServer(s_root, [MachineNetwork.User.HostAddress], "rsa2048");

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task GrubBootsFromAnImageOnAWebServer(string firmwareName)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpsDisk), Firmware.ByName(firmwareName));
        TlsPort port = await bed.Server.OpenTlsAsync(new TlsSetup(s_server));
        string image = Path.Combine(Repository.Logs, bed.Setup.Name + ".img");
        GrubDisk.Create(image, bed.Payload);
        bed.Server["/disk.img"] = ServedFile.FromPath(image);
        bed.Script = "#!ipxe\nsanboot disk.img\n";
        bed.Trust(s_root, port.GuestUrl("/boot.ipxe"));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);

        Assert.All(bed.Server.Requests, it => Assert.Equal(port.Port, it.Port));
        LoggedRequest[] requests = [.. bed.Server.Requests.Where(it => it.Path == "/disk.img")];
        Assert.InRange(requests.Count(it => it.Status == 206), 1, RequestsMax);
        Assert.DoesNotContain(requests, it => it.Status == 200 && it.BytesSent > 0);
        Assert.InRange(port.Handshakes.Count, 1, HandshakesMax);
        File.Delete(image);
    }
}
