using System.IO;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Scenarios;

/// <summary>A script sees what the machine is: by SMBIOS, PCI, USB, ACPI, CPUID, the firmware's variables and its
/// memory map, as far as the firmware has them.</summary>
public sealed class MachineSettings
{
    private const string Uuid = "7f0b3c52-1d5e-4c6a-9a43-0d6f6a6c2b11";

    private const string Script = """
        #!ipxe
        echo by-smbios <${manufacturer}> <${product}> <${serial}> <${board-serial}> <${asset}> <${uuid}>
        echo by-number <${smbios/1.4.0}> <${smbios/1.8.16}> <${smbios/0.1.7.0}>
        echo by-acpi <${acpi/0x46414350.0.0.4:string}> <${acpi/0x44534454.0.0.0.4:string}> <${sysmac}>
        cpuid --ext 29 && echo cpu is 64 bits wide || echo cpu does not say
        cpuid --ecx 30 && echo cpu has rdrand ||
        echo by-cpu <${cpuvendor}> <${cpumodel}> <${cpuid/1.0}>
        echo by-variable <${efi/PlatformLang:string}>
        echo by-map <${memsize}>
        :pci
        pciscan dev || goto usb
        echo on-pci ${dev:busdevfn} ${pci/${dev}.0.2}:${pci/${dev}.2.2}
        goto pci
        :usb
        usbscan port || goto done
        echo on-usb ${port} ${usb/${port}.8.2}:${usb/${port}.10.2} <${usb/${port}.14.0}>
        goto usb
        :done
        echo that is all
        sleep 1
        exit

        """;

    [Theory]
    [MemberData(nameof(Machines.Families), MemberType = typeof(Machines))]
    public async Task TheMachineIsWhatQemuMadeIt(string firmwareName)
    {
        Firmware firmware = Firmware.ByName(firmwareName);
        bool isX64 = firmware.Architecture == Architecture.X64;
        await using BootBed bed = await BootBed.CreateAsync(nameof(MachineSettings), firmware);
        bed.Script = Script;
        string code = Path.Combine(Repository.Logs, $"{nameof(MachineSettings)}-{firmwareName}.aml");
        await File.WriteAllBytesAsync(code, [.. "\u0014\u001dAMAC\0\u00a4\u0011_AUXMAC_#525400ABCDEF#"u8]);
        bed.Setup = bed.Setup with
        {
            Extras =
            [
                "-smbios", $"type=1,manufacturer=ACME,product=Rocket 9,serial=S-1,uuid={Uuid}",
                "-smbios", "type=2,serial=B-2",
                "-smbios", "type=3,asset=A-3",
                .. firmware.IsEdk2 ? (string[])["-device", "qemu-xhci", "-device", "usb-kbd"] : [],
                .. isX64 ? (string[])["-acpitable", $"sig=SSDT,rev=2,data={code}"] : [],
            ],
        };
        await using VirtualMachine machine = bed.Start();
        await machine.ExpectAsync(Expectations.BootLimit, "that is all");
        Assert.Matches("by-map <(9[0-9][0-9]|10[0-2][0-9])>", machine.Serial.Describe());
        foreach (string line in Expected(firmware))
            Assert.True(machine.Serial.HasSaid(line), $"'{line}' is nowhere in the log.\n{machine.Serial.Describe()}");
        await machine.ExpectReturnAsync();
    }

    private static string[] Expected(Firmware firmware)
    {
        string[] edk2 =
        [
            $"by-smbios <ACME> <Rocket 9> <S-1> <B-2> <A-3> <{Uuid}>", $"by-number <ACME> <{Uuid}> <S-1>",
            "by-variable <en>", "on-pci 0000:00:01.0 1af4:1000", "on-usb 0x1 0627:0001 <QEMU>",
        ];
        string[] arm64 = ["cpuid: command not found", "cpu does not say", "by-cpu <> <> <>"];
        if (!firmware.IsEdk2) return [.. arm64, "by-acpi <> <> <>", "by-variable <en-US>"];
        if (firmware.Architecture == Architecture.Arm64) return [.. arm64, .. edk2, "by-acpi <FACP> <DSDT> <>"];
        return
        [
            .. edk2, "by-acpi <FACP> <DSDT> <52:54:00:ab:cd:ef>", "cpu is 64 bits wide", "cpu has rdrand",
            "by-cpu <AuthenticAMD> <QEMU Virtual CPU",
        ];
    }
}
