using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A script learns from the switch, by LLDP, which port of which switch the machine is plugged into.</summary>
public sealed class SwitchPort
{
    private static byte[] Values =>
    [
        0x02, 7, 4, 0x52, 0x54, 0, 0xfe, 0xdc, 0xba,
        0x04, 8, 5, .. "Gi1/0/7"u8,
        0x06, 2, 0, 120,
        0x0a, 5, .. "sw-9b"u8,
        0xfe, 6, 0, 0x80, 0xc2, 1, 0, 100,
        0, 0,
    ];

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TheSwitchSaysWhereWeAre(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        await using BootBed bed = await BootBed.CreateAsync(nameof(SwitchPort), firmware);
        using TalkingSwitch port = new(Values);
        bed.Script = """
            #!ipxe
            :listen
            isset ${netX.lldp/5.0.0.0} && goto heard ||
            inc tries
            iseq ${tries} 20 && goto heard ||
            sleep 1
            goto listen
            :heard
            echo switch <${netX.lldp/5.0.0.0:string}> <${netX.lldp/4.1.0.1.0:hex}>
            echo port <${netX.lldp/5.2.0.1.0:string}> vlan <${netX.lldp/0x0080c2.1.127.0.4.2:int16}>
            echo that is all
            exit

            """;
        bed.Setup = bed.Setup with
        {
            Start = new MachineStart.Program(
                LoaderImage.For(firmware.Architecture), "dhcp && chain ${filename}"),
            Network = new MachineNetwork.Talking(port, bed.Server.GuestUrl("/boot.ipxe")),
        };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "that is all");
        Assert.True(machine.Serial.HasSaid("switch <sw-9b> <52:54:00:fe:dc:ba>"), machine.Serial.Describe());
        Assert.True(machine.Serial.HasSaid("port <Gi1/0/7> vlan <100>"), machine.Serial.Describe());
        await machine.ExpectReturnAsync();
    }
}
