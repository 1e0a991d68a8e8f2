using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The main job: DHCP names a script by URL, the script fetches kernel and initrd over HTTP, Linux
/// boots.</summary>
public sealed class HttpLinux
{
    [Theory]
    [MemberData(nameof(Machines.All), MemberType = typeof(Machines))]
    public async Task LinuxBootsOverHttp(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(HttpLinux), Firmware.ByName(firmware));
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectLinuxAsync(bed.Payload);
        Assert.Equal(["/boot.ipxe", "/vmlinuz", "/initrd.img"], bed.Server.Requests.Select(it => it.Path));
        Assert.All(bed.Server.Requests, it => Assert.Equal(200, it.Status));
    }
}
