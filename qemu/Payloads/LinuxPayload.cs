using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A kernel and an initrd that prove a boot: busybox starts, prints a marker with the machine's architecture
/// and the
/// digest of a file that came in the initrd, and powers off.</summary>
/// <param name="Architecture">Whose kernel.</param>
/// <param name="Kernel">Path of the kernel, a PE image with an EFI stub.</param>
/// <param name="Initrd">Path of the initrd.</param>
/// <param name="Marker">The line that the guest prints when everything arrived unharmed.</param>
public sealed record LinuxPayload(Architecture Architecture, string Kernel, string Initrd, string Marker)
{
    private const int CarriedBytes = 4 << 20;

    // Bump when the initrd's contents change, so that nobody boots a stale one from the cache.
    private const int InitrdRevision = 2;

    private const string Init = """
        #!/bin/busybox sh
        /bin/busybox mkdir -p /proc /sys /dev /tmp
        /bin/busybox --install -s /bin
        export PATH=/bin
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t devtmpfs dev /dev
        read digest name <<END
        $(sha256sum /carried.bin)
        END
        echo
        echo "BOOTLACE-MARKER $(uname -m) $digest"
        grep -q console=tty0 /proc/cmdline && echo "BOOTLACE-MARKER $(uname -m) $digest" >/dev/tty0
        if grep -q bootlace.shell /proc/cmdline; then
            echo "This is the guest's shell; 'poweroff -f' ends it."
            setsid cttyhack sh
        fi
        poweroff -f

        """;

    /// <summary>What the kernel's command line needs for the harness to see and end it. On x64 Linux counts timer ticks
    /// early on, and panics when a busy host lets emulation fall behind: that check is switched off.</summary>
    public string CommandLine =>
        $"console={Architecture.LinuxConsole()} panic=-1{(Architecture == Architecture.X64 ? " no_timer_check" : "")}"
        + Arguments;

    /// <summary>More words for the command line, with a blank in front; empty for none.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>Prepares the payload, or takes it from the cache.</summary>
    /// <exception cref="HarnessException">The packages cannot be had.</exception>
    public static LinuxPayload Prepare(Architecture architecture)
    {
        AptArchive archive = PayloadCache.Own;
        string debian = architecture.DebianName();
        if (Array.IndexOf(archive.Architectures, debian) < 0)
            throw new HarnessException(
                $"{archive.Distribution} keeps {debian} packages on a server of their own, which this machine's "
                + "apt configuration does not name: set BOOTLACE_PORTS_URI to its address.");

        string folder = Path.Combine(Repository.Cache, "linux", archive.Name, architecture.OurName());
        string kernel = Path.Combine(folder, "vmlinuz");
        string initrd = Path.Combine(folder, $"initrd-{InitrdRevision}.img");
        Directory.CreateDirectory(folder);
        if (!File.Exists(kernel))
            PrepareKernel(archive, debian, kernel);
        if (!File.Exists(initrd))
            PrepareInitrd(archive, debian, initrd);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Carried(debian)));
        return new LinuxPayload(architecture, kernel, initrd, $"BOOTLACE-MARKER {architecture.LinuxName()} {digest}");
    }

    /// <summary>The package that the kernel is of.</summary>
    internal static UnpackedPackage KernelPackage(AptArchive archive, string architecture)
    {
        bool isUbuntu = archive.Distribution == "Ubuntu";
        string metapackage = isUbuntu ? "linux-image-virtual" : $"linux-image-cloud-{architecture}";
        string package = archive.Resolve(metapackage, architecture, @"linux-image-\d[^ ,]*");
        return PayloadCache.Get(archive, package, architecture);
    }

    private static void PrepareKernel(AptArchive archive, string architecture, string target)
    {
        byte[] image = File.ReadAllBytes(KernelPackage(archive, architecture).File("boot/vmlinuz-*"));
        if (image is [0x1F, 0x8B, ..])   // Ubuntu's arm64 kernel is a plain gzip file, which no firmware can start
        {
            using MemoryStream plain = new();
            using GZipStream gzip = new(new MemoryStream(image), CompressionMode.Decompress);
            gzip.CopyTo(plain);
            image = plain.ToArray();
        }

        WriteWhole(target, image);
    }

    private static void PrepareInitrd(AptArchive archive, string architecture, string target)
    {
        UnpackedPackage busybox = PayloadCache.Get(archive, "busybox-static", architecture);
        using MemoryStream content = new();
        NewcArchive cpio = new(content);
        foreach (string folder in new[] { "bin", "dev" })
            cpio.AddFolder(folder);
        cpio.AddDevice("dev/console", 5, 1);
        cpio.AddFile("bin/busybox", File.ReadAllBytes(busybox.File("bin/busybox", "usr/bin/busybox")), isProgram: true);
        cpio.AddFile("init", Encoding.ASCII.GetBytes(Init.ReplaceLineEndings("\n")), isProgram: true);
        cpio.AddFile("carried.bin", Carried(architecture));
        cpio.Finish();
        WriteWhole(target, content.ToArray());
    }

    /// <summary>Bytes that no transfer gets right by chance: unlike anywhere else in the file, and not
    /// compressible.</summary>
    internal static byte[] Carried(string architecture)
    {
        byte[] bytes = new byte[CarriedBytes];
        new Random(architecture[1]).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Puts a file in place at once: nobody ever sees half of it.</summary>
    internal static void WriteWhole(string target, byte[] content)
    {
        File.WriteAllBytes(target + ".new", content);
        File.Move(target + ".new", target, overwrite: true);
    }
}
