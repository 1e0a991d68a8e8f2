using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>The firmware's own PXE loads the loader by TFTP from dnsmasq; the loader takes the card over and finds its
/// script by the `filename` that dnsmasq gives to iPXE's user class.</summary>
public sealed class PxeChain
{
    [Theory]
    [InlineData("ovmf")]
    public async Task FirmwarePxeLoadsTheLoaderWhichBootsLinux(string family)
    {
        Firmware firmware = Firmware.ByName(family);
        await using BootBed bed = await BootBed.CreateAsync(nameof(PxeChain), firmware);
        string folder = Directory.CreateTempSubdirectory("bootlace-pxe-").FullName;
        File.Copy(LoaderImage.For(firmware.Architecture), Path.Combine(folder, "loader.efi"));
        File.Copy(bed.Payload.Kernel, Path.Combine(folder, "vmlinuz"));
        File.Copy(bed.Payload.Initrd, Path.Combine(folder, "initrd.img"));
        await File.WriteAllTextAsync(Path.Combine(folder, "boot.ipxe"), bed.DefaultScript);

        using NamespaceLan lan = NamespaceLan.Create();
        string log = DnsmasqServer.Start(
            lan, folder, DnsmasqServer.PxeThenScript("loader.efi", "boot.ipxe"), "PxeChain.dnsmasq.txt");
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Network(IsHttp: false), Network = new MachineNetwork.Tap(lan),
        };
        await using (VirtualMachine machine = bed.Start())
            await machine.ExpectLinuxAsync(bed.Payload);

        string served = await ServerLog.ReadAsync(log);
        foreach (string file in new[] { "loader.efi", "boot.ipxe", "vmlinuz", "initrd.img" })
            Assert.Contains($"sent {Path.Combine(folder, file)}", served);
        Directory.Delete(folder, recursive: true);
    }
}
