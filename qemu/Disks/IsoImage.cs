using System;
using System.Collections.Generic;
using System.IO;

namespace Bootlace.Harness;

/// <summary>A CD image as Debian's installer comes on: ISO 9660, an El Torito EFI boot image with GRUB, which looks for
/// its configuration on the CD, and kernel and initrd beside that.</summary>
public static class IsoImage
{
    private const long BootImageBytes = 8 << 20;

    /// <summary>Makes the image.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="payload">What it boots.</param>
    /// <exception cref="HarnessException">GRUB, xorriso or mtools cannot be had.</exception>
    public static void Create(string path, LinuxPayload payload)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-iso-").FullName;
        foreach (string name in new[] { ".disk", "boot/grub" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, ".disk", "info"), "Bootlace's idea of an installer's CD\n");
        File.WriteAllText(Path.Combine(folder, "boot", "grub", "grub.cfg"), GrubDisk.Configuration(payload));
        File.Copy(payload.Kernel, Path.Combine(folder, "vmlinuz"));
        File.Copy(payload.Initrd, Path.Combine(folder, "initrd.img"));
        string boot = Path.Combine(folder, "boot", "grub", "efi.img");
        FatVolume.Create(
            boot,
            new Dictionary<string, string>
            {
                [$"EFI/BOOT/{GrubDisk.DefaultProgram(payload.Architecture)}"] = Program(payload.Architecture),
            },
            BootImageBytes);
        UnpackedProgram xorriso = UnpackedProgram.Get(
            PayloadCache.Own, "xorriso", ArchitectureNames.OfThisMachine.DebianName());
        Tool.Require(
            xorriso.Package.File("usr/bin/xorriso"),
            [
                "-as", "mkisofs", "-quiet", "-r", "-J", "-V", "BOOTLACE", "-o", path,
                "-eltorito-platform", "efi", "-e", "boot/grub/efi.img", "-no-emul-boot", folder,
            ],
            environment: xorriso.Environment);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>GRUB as Debian builds it for CDs: it searches for /.disk/info.</summary>
    private static string Program(Architecture architecture)
    {
        string debian = architecture.DebianName();
        string name = architecture == Architecture.X64 ? "x86_64-efi/monolithic/gcdx64.efi"
            : "arm64-efi/monolithic/gcdaa64.efi";
        return PayloadCache.Get(PayloadCache.Own, $"grub-efi-{debian}-bin", debian).File("usr/lib/grub/" + name);
    }
}
