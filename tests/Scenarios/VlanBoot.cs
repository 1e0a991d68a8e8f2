using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A network that is a VLAN of a trunk: DHCP, HTTP and the boot of Linux through frames that carry its tag, as
/// the switch sees them; and silence where the tag is missing.</summary>
public sealed class VlanBoot
{
    private const int Vlan = 0x123, FrameBytesMax = 1514;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task LinuxBootsThroughATaggedVlan(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync(nameof(VlanBoot), Firmware.ByName(firmware));
        using VlanSwitch trunk = new(Vlan);
        Plug(bed, trunk, $"vcreate --tag {Vlan} --priority 5 net0 && dhcp net0-{Vlan} && "
            + "ping --count 2 10.0.2.2 && echo vlan [${vlan-tag}] ${netX/ip} && chain ${filename}");
        await using (VirtualMachine machine = bed.Start())
        {
            await machine.ExpectAsync(Expectations.BootLimit, "64 bytes from 10.0.2.2: seq=2");
            await machine.ExpectAsync(Expectations.BootLimit, $"vlan [{Vlan}] 10.0.2.15");
            await machine.ExpectLinuxAsync(bed.Payload, hasBanner: false);
        }
        Assert.Equal(["/boot.ipxe", "/vmlinuz", "/initrd.img"], bed.Server.Requests.Select(it => it.Path));
        long bytes = new FileInfo(bed.Payload.Kernel).Length + new FileInfo(bed.Payload.Initrd).Length;
        Assert.True(trunk.AnsweredFrames > bytes / FrameBytesMax, $"only {trunk.AnsweredFrames} tagged frames");
        Assert.True(trunk.TaggedFrames > 10, $"only {trunk.TaggedFrames} tagged frames from the machine");
        Assert.InRange(trunk.LongestBytes, FrameBytesMax - 32, FrameBytesMax);   // full, but what firmware can take
        Assert.Equal([5], trunk.Priorities);
    }

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task AProgramIsToldByItsDevicePathInWhichVlanItIs(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("VlanBootChain", Firmware.ByName(firmware));
        using VlanSwitch trunk = new(Vlan);
        bed.Server["/loader.efi"] = ServedFile.FromPath(LoaderImage.For(bed.Setup.Firmware.Architecture));
        bed.Script = """
            #!ipxe
            isset ${outer} || goto inner
            chain loader.efi autoboot
            exit
            :inner
            echo inner <${netX/vlan-tag}> <${netX/ifname}> <${ip}>
            exit

            """;
        Plug(bed, trunk, $"set outer 1 && vcreate --tag {Vlan} net0 && dhcp net0-{Vlan} && chain ${{filename}}");
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, $"inner <{Vlan}> <net0-{Vlan}> <10.0.2.15>");
        bool hasAskedWithout = machine.Serial.HasSaid($"Configuring (net0 {MachineNetwork.GuestMac}");
        Assert.False(hasAskedWithout, "The chained loader has asked without the tag.");
        await machine.ExpectReturnAsync();
    }

    [Theory]
    [MemberData(nameof(Machines.OvmfAndUboot), MemberType = typeof(Machines))]
    public async Task WithoutTheTagNobodyAnswers(string firmware)
    {
        await using BootBed bed = await BootBed.CreateAsync("VlanBootUntagged", Firmware.ByName(firmware));
        using VlanSwitch trunk = new(Vlan);
        Plug(bed, trunk, $"vcreate --tag {Vlan} net0 && vdestroy net0-{Vlan} && dhcp && chain ${{filename}}");
        await using (VirtualMachine machine = bed.Start())
            await machine.ExpectFailureAsync(DhcpFailure.NoOffer);
        Assert.Empty(bed.Server.Requests);
        Assert.Equal(0, trunk.TaggedFrames);
        Assert.True(trunk.OtherFrames >= 4, "the machine has asked nobody");
    }

    /// <summary>The machine's load options are its script: there is no untagged network to fetch one from.</summary>
    private static void Plug(BootBed bed, VlanSwitch trunk, string line) => bed.Setup = bed.Setup with
    {
        Start = new MachineStart.Program(LoaderImage.For(bed.Setup.Firmware.Architecture), line),
        Network = new MachineNetwork.Trunk(trunk, bed.Server.GuestUrl("/boot.ipxe")),
    };
}
