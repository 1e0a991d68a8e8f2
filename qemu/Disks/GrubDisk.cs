using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A disk as a distribution's installer leaves it: an EFI system partition with GRUB, here with kernel and
/// initrd beside it.</summary>
/// <param name="Path">The image.</param>
public sealed record GrubDisk(string Path)
{
    /// <summary>What GRUB says when it runs its configuration.</summary>
    public const string Words = "BOOTLACE-GRUB reads from";

    /// <summary>What the second entry of the menu is called.</summary>
    public const string SecondEntry = "BOOTLACE-GRUB boots Linux";

    /// <summary>What it says when it leaves instead.</summary>
    public const string LeavingWords = "BOOTLACE-GRUB leaves again";

    private static string LabelFile(string label) => $"{label}.txt";

    private const string EnvironmentFile = "EFI/debian/grubenv";
    private const int EnvironmentBytes = 1024;

    /// <summary>Makes a disk that boots a payload.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="payload">What it boots.</param>
    /// <param name="stamp">A word that GRUB writes onto the disk before it boots; null for nothing.</param>
    /// <param name="label">A name by which another GRUB finds it; null for none.</param>
    /// <param name="blockBytes">Bytes in a block of the disk: 512 or 4096.</param>
    /// <param name="others">Partitions behind the first.</param>
    /// <exception cref="HarnessException">GRUB's package or mtools cannot be had.</exception>
    public static GrubDisk Create(
        string path,
        LinuxPayload payload,
        string? stamp = null,
        string? label = null,
        int blockBytes = 512,
        params IReadOnlyList<GptPartition> others) =>
        Create(
            path, payload.Architecture, Configuration(payload, stamp), FilesOf(payload), label, blockBytes, others);

    /// <summary>Makes a disk whose GRUB shows a menu and waits: its first entry switches the machine off, the second
    /// boots a payload.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="payload">What it boots.</param>
    /// <exception cref="HarnessException">GRUB's package or mtools cannot be had.</exception>
    public static GrubDisk CreateWithMenu(string path, LinuxPayload payload)
    {
        string text = $$"""
            set timeout=-1
            set default=0
            menuentry "Nobody pressed a key" {
                halt
            }
            menuentry "{{SecondEntry}}" {
            {{Configuration(payload)}}}

            """;
        return Create(
            path, payload.Architecture, text.ReplaceLineEndings("\n"), FilesOf(payload), label: null, blockBytes: 512,
            []);
    }

    /// <summary>Makes a disk whose GRUB leaves at the first time, and boots a payload at the second.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="payload">What it boots.</param>
    /// <exception cref="HarnessException">GRUB's package or mtools cannot be had.</exception>
    public static GrubDisk CreateForTwoVisits(string path, LinuxPayload payload)
    {
        string text = $"""
            load_env -f /{EnvironmentFile} visited
            if [ "$visited" != 1 ]; then
                set visited=1
                save_env -f /{EnvironmentFile} visited
                echo "{LeavingWords}"
                exit
            fi
            {Configuration(payload)}
            """;
        return Create(
            path, payload.Architecture, text.ReplaceLineEndings("\n"), FilesOf(payload), label: null, blockBytes: 512,
            []);
    }

    /// <summary>Makes a disk whose GRUB takes kernel and initrd from another disk.</summary>
    /// <param name="path">File to create.</param>
    /// <param name="payload">What it boots.</param>
    /// <param name="other">The other disk's label.</param>
    /// <exception cref="HarnessException">GRUB's package or mtools cannot be had.</exception>
    public static GrubDisk CreateWithoutKernel(string path, LinuxPayload payload, string other) =>
        Create(
            path, payload.Architecture, Configuration(payload, stamp: null, other), [], label: null, blockBytes: 512,
            []);

    private static Dictionary<string, string> FilesOf(LinuxPayload payload) =>
        new() { ["vmlinuz"] = payload.Kernel, ["initrd.img"] = payload.Initrd };

    private static GrubDisk Create(
        string path,
        Architecture architecture,
        string text,
        Dictionary<string, string> files,
        string? label,
        int blockBytes,
        IReadOnlyList<GptPartition> others)
    {
        string folder = Directory.CreateTempSubdirectory("bootlace-grub-").FullName;
        string configuration = System.IO.Path.Combine(folder, "grub.cfg");
        File.WriteAllText(configuration, text);
        string environment = System.IO.Path.Combine(folder, "grubenv");
        File.WriteAllText(environment, "# GRUB Environment Block\n".PadRight(EnvironmentBytes, '#'));
        files[$"EFI/BOOT/{DefaultProgram(architecture)}"] = Program(architecture);
        files["EFI/debian/grub.cfg"] = configuration;
        files[EnvironmentFile] = environment;
        if (label is not null)
            files[LabelFile(label)] = configuration;
        string volume = System.IO.Path.Combine(folder, "esp");
        FatVolume.Create(volume, files, sectorBytes: blockBytes);
        GptPartition esp = new("esp", GptPartition.EfiSystem, volume);
        GptDisk.Create(path, bytesMin: 0, [esp, .. others], blockBytes);
        Directory.Delete(folder, recursive: true);
        return new GrubDisk(path);
    }

    /// <summary>GRUB as Debian builds it, in one file.</summary>
    public static string Program(Architecture architecture)
    {
        string debian = architecture.DebianName();
        string name = architecture == Architecture.X64 ? "x86_64-efi/monolithic/grubx64.efi"
            : "arm64-efi/monolithic/grubaa64.efi";
        return PayloadCache.Get(PayloadCache.Own, $"grub-efi-{debian}-bin", debian).File("usr/lib/grub/" + name);
    }

    /// <summary>The name under which firmware looks for a program on a disk it does not know (UEFI specification,
    /// table 3.2).</summary>
    public static string DefaultProgram(Architecture architecture) =>
        architecture == Architecture.X64 ? "BOOTX64.EFI" : "BOOTAA64.EFI";

    /// <summary>Whether GRUB's stamp is on the disk.</summary>
    public bool Holds(string stamp) =>
        FatVolume.ReadText(Path, GptDisk.FirstPartitionOffset, EnvironmentFile)
            .Contains($"stamp={stamp}\n", StringComparison.Ordinal);

    /// <summary>GRUB's configuration for a payload that lies in the root of the file system it was read
    /// from.</summary>
    internal static string Configuration(LinuxPayload payload, string? stamp = null, string? searched = null)
    {
        StringBuilder text = new($"echo \"{Words} $root\"\n");
        if (stamp is not null)
            text.Append($"set stamp={stamp}\nsave_env -f /{EnvironmentFile} stamp\n");
        if (searched is not null)
            text.Append($"search --no-floppy --file --set=root /{LabelFile(searched)}\n");
        return text.Append($"""
            linux /vmlinuz {payload.CommandLine}
            initrd /initrd.img
            boot

            """).ToString().ReplaceLineEndings("\n");
    }
}
