using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A CD image on a web server boots without being fetched: GRUB reads what it wants of it, in few
/// requests.</summary>
public sealed class HttpDiskIso
{
    private const int RequestsMax = 400;

    [Theory]
    [InlineData("ovmf")]
    public async Task AnInstallersCdBootsFromAWebServer(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpDiskIso), firmware);
        string image = Path.Combine(Repository.Logs, $"{nameof(HttpDiskIso)}-{firmware.Name}.iso");
        IsoImage.Create(image, bed.Payload);
        bed.Server["/debian.iso"] = ServedFile.FromPath(image);
        bed.Script = "#!ipxe\nsanboot debian.iso\n";
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectGrubAsync();
        await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);

        LoggedRequest[] requests = [.. bed.Server.Requests.Where(it => it.Path == "/debian.iso")];
        Assert.InRange(requests.Count(it => it.Status == 206), 1, RequestsMax);
        Assert.DoesNotContain(requests, it => it.Status == 200 && it.BytesSent > 0);
        File.Delete(image);
    }
}
