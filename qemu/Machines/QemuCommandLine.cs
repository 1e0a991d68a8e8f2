using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>Turns a wished-for machine into QEMU's arguments.</summary>
public static class QemuCommandLine
{
    /// <summary>The EFI program's name on QEMU's TFTP server.</summary>
    public const string ProgramOnTftp = "program.efi";

    /// <summary>QEMU for an architecture.</summary>
    public static string Program(Architecture architecture) =>
        architecture == Architecture.X64 ? "qemu-system-x86_64" : "qemu-system-aarch64";

    /// <summary>The arguments for a machine.</summary>
    /// <param name="setup">The machine.</param>
    /// <param name="folder">A folder of this run alone, for flash images, TFTP files and the control socket.</param>
    public static IReadOnlyList<string> Build(MachineSetup setup, string folder)
    {
        string tftp = Directory.CreateDirectory(Path.Combine(folder, "tftp")).FullName;
        foreach ((string name, string path) in setup.TftpFiles)
            File.Copy(path, Path.Combine(tftp, name), overwrite: true);

        List<string> arguments =
        [
            "-nodefaults", "-display", "none", "-serial", "stdio",
            "-qmp", $"unix:{Path.Combine(folder, "qmp")},server=on,wait=off",
            "-m", $"{setup.MemoryMiB}",
        ];
        if (!setup.StartsAnewOnReset)
            arguments.Add("-no-reboot");
        if (setup.StaysAfterPowerOff)
            arguments.Add("-no-shutdown");
        if (setup.ClockBase is { } moment)
            arguments.AddRange(["-rtc", $"base={moment}"]);
        foreach ((string name, string path) in setup.FirmwareFiles)
            arguments.AddRange(["-fw_cfg", $"name={name},file={path}"]);
        arguments.AddRange(Processor(setup));
        arguments.AddRange(FirmwareImages(setup, folder));
        arguments.AddRange(Start(setup, folder, tftp));
        arguments.AddRange(setup.Network.Arguments(tftp));
        arguments.AddRange(Devices(setup));
        arguments.AddRange(setup.Extras);
        return arguments;
    }

    private static IEnumerable<string> Processor(MachineSetup setup)
    {
        bool isX64 = setup.Firmware.Architecture == Architecture.X64;
        yield return "-M";
        yield return !isX64 ? "virt" : setup.Firmware.HasSecureBoot ? "q35,smm=on" : "q35";
        yield return "-accel";
        yield return setup.UsesKvm ? "kvm" : "tcg";
        yield return "-cpu";
        // The plainest processors, so that a loader compiled for a newer one is found out; EDK2 since 2024 wants
        // RDRAND.
        yield return setup.UsesKvm ? "host" : isX64 ? "qemu64,+rdrand" : "cortex-a57";
    }

    private static IEnumerable<string> FirmwareImages(MachineSetup setup, string folder)
    {
        string flash = Path.Combine(folder, "flash.img");
        if (setup.Firmware.Variables is not { } template)
        {
            UbootEnvironment.Write(flash, UbootBootCommand(setup), UbootBootArguments(setup));
            return ["-bios", setup.Firmware.Code, "-drive", $"if=pflash,unit=1,format=raw,file={flash}"];
        }

        File.WriteAllBytes(flash, File.ReadAllBytes(template));   // not a copy: the template may be read-only
        // On PCs only the firmware's own mode of the processor may write its variables.
        string[] guard = setup.Firmware is { HasSecureBoot: true, Architecture: Architecture.X64 }
            ? ["-global", "driver=cfi.pflash01,property=secure,value=on"] : [];
        return
        [
            .. guard, "-drive", $"if=pflash,unit=0,format=raw,readonly=on,file={setup.Firmware.Code}",
            "-drive", $"if=pflash,unit=1,format=raw,file={flash}",
        ];
    }

    private static string UbootBootCommand(MachineSetup setup)
    {
        string start = setup.Start switch
        {
            MachineStart.Program when setup.Network is MachineNetwork.User =>
                $"dhcp; tftpboot ${{loadaddr}} {ProgramOnTftp}; bootefi ${{loadaddr}} ${{fdt_addr}}",
            MachineStart.Program program =>
                "qfw load ${kernel_addr_r} ${ramdisk_addr_r}; "
                + $"bootefi ${{kernel_addr_r}}:{new FileInfo(program.Image).Length:x} ${{fdt_addr}}",
            MachineStart.Direct direct =>
                "qfw load ${kernel_addr_r} ${ramdisk_addr_r}; booti ${kernel_addr_r} "
                + $"${{ramdisk_addr_r}}:{new FileInfo(direct.Payload.Initrd).Length:x} ${{fdt_addr}}",
            MachineStart.Disk =>
                "virtio scan; load virtio 0:1 ${loadaddr} EFI/BOOT/BOOTAA64.EFI; bootefi ${loadaddr} ${fdt_addr}",
            _ => "dhcp; tftpboot ${loadaddr} ${bootfile}; bootefi ${loadaddr} ${fdt_addr}",
        };
        return start + "; echo Bootlace-harness: back at the prompt";
    }

    private static string? UbootBootArguments(MachineSetup setup) => setup.Start switch
    {
        MachineStart.Program program => program.LoadOptions,
        MachineStart.Direct direct => direct.Payload.CommandLine,
        _ => null,
    };

    private static IEnumerable<string> Start(MachineSetup setup, string folder, string tftp)
    {
        switch (setup.Start)
        {
            case MachineStart.Program program when setup is { Firmware.IsEdk2: false, Network: MachineNetwork.User }:
                File.Copy(program.Image, Path.Combine(tftp, ProgramOnTftp), overwrite: true);
                return [];
            case MachineStart.Program { LoadOptions: { } options } program:
                return ["-kernel", program.Image, "-append", options];
            case MachineStart.Program program:
                return ["-kernel", program.Image];
            case MachineStart.Direct { Payload: var payload }:
                return ["-kernel", payload.Kernel, "-initrd", payload.Initrd, "-append", payload.CommandLine];
            case MachineStart.Disk disk:
                IEnumerable<string> first = Disk(setup, folder, disk.Image, 0);
                return disk.Next is { } next ? [.. first, .. Disk(setup, folder, next, 1)] : first;
            case MachineStart.Network { IsHttp: true }:
                return
                [
                    "-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n",
                    "-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=n",
                    "-fw_cfg", "name=opt/org.tianocore/IPv6Support,string=n",
                ];
            default:
                return [];
        }
    }

    private static IEnumerable<string> Disk(MachineSetup setup, string folder, string image, int index)
    {
        string copy = Path.Combine(folder, $"disk{index}.img");
        File.Copy(image, copy, overwrite: true);
        string device = setup.Firmware.IsEdk2 ? $"virtio-blk-pci,bootindex={index}" : "virtio-blk-device";
        return ["-drive", $"if=none,id=d{index},format=raw,file={copy}", "-device", $"{device},drive=d{index}"];
    }

    private static IEnumerable<string> Devices(MachineSetup setup)
    {
        // romfile= because QEMU's default option ROM is an iPXE that would take the card.
        yield return "-device";
        yield return setup.Firmware.IsEdk2
            ? $"virtio-net-pci,netdev=n0,romfile={(setup.Start is MachineStart.Network ? ",bootindex=0" : "")}"
            : "virtio-net-device,netdev=n0";
        if (setup.Firmware.IsEdk2)
        {
            yield return "-device";
            yield return "virtio-rng-pci";   // EDK2's own network needs it since 2024
        }

        if (!setup.HasScreen)
            yield break;
        yield return "-device";
        yield return setup.Firmware.Architecture == Architecture.X64 ? "VGA" : "ramfb";
    }
}
