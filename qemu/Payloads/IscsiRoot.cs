using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Harness;

/// <summary>A Linux whose root is on the iSCSI LUN that it was booted from: its initrd logs in with open-iscsi, from
/// the iBFT where there is one and from the words on its command line otherwise, as Debian or dracut read them, and the
/// root prints the marker.</summary>
/// <param name="Payload">Kernel and initrd; the marker is printed by the root's own init.</param>
/// <param name="Partition">The root file system, to be put on the LUN.</param>
public sealed record IscsiRoot(LinuxPayload Payload, GptPartition Partition)
{
    /// <summary>In front of each value of the iBFT, as Linux shows it: "BOOTLACE-IBFT target0/port=3260".</summary>
    public const string IbftWords = "BOOTLACE-IBFT ";

    // Bump when the initrd's or the root's contents change, so that nobody boots a stale one from the cache.
    private const int Revision = 4;
    private const string RootName = "bootlace-root";

    private static readonly string[] Modules =
        ["virtio_pci", "virtio_mmio", "virtio_net", "af_packet", "sd_mod", "iscsi_tcp", "iscsi_ibft"];

    private static readonly string Init = $$"""
        #!/bin/busybox sh
        /bin/busybox mkdir -p /proc /sys /dev /tmp /run/lock /run/initramfs /root /etc/iscsi
        /bin/busybox --install -s /bin
        export PATH=/bin:/sbin
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        mount -t devtmpfs dev /dev
        while read module; do insmod "/modules/$module.ko"; done </modules/order
        ip link set lo up
        if [ -d /sys/firmware/ibft ]; then
            cd /sys/firmware/ibft
            for file in */*; do
                [ -f "$file" ] && echo "{{IbftWords}}$file=$(cat "$file" 2>/dev/null)"
            done
            cd /
            iscsistart -N && iscsistart -b
        else
            script=debian-login
            grep -q netroot= /proc/cmdline && script=dracut-login
            sh /scripts/$script
        fi
        echo "open-iscsi ended with status $?"
        tries=0
        while [ $tries -lt 100 ]; do
            for entry in /sys/class/block/*/uevent; do
                if grep -q '^PARTNAME={{RootName}}$' "$entry"; then
                    disk=${entry%/uevent}
                    mount -t ext4 "/dev/${disk##*/}" /root && exec switch_root /root /sbin/init "${disk##*/}"
                fi
            done
            tries=$((tries + 1))
            usleep 100000
        done
        echo "There is no disk with a partition named {{RootName}}."
        poweroff -f

        """;

    private const string RootInit = """
        #!/bin/busybox sh
        /bin/busybox mount -t proc proc /proc
        /bin/busybox mount -t sysfs sys /sys
        /bin/busybox mount -t devtmpfs dev /dev
        echo "Linux was here: $1" >/written-by-linux
        /bin/busybox sync
        digest=$(/bin/busybox sha256sum /carried.bin | /bin/busybox cut -d ' ' -f 1)
        echo
        echo "BOOTLACE-ROOT $(/bin/busybox uname -m) $digest"
        /bin/busybox umount /sys
        /bin/busybox mount -o remount,ro /
        /bin/busybox poweroff -f

        """;

    /// <summary>Prepares it, or takes it from the cache.</summary>
    /// <exception cref="HarnessException">The packages cannot be had.</exception>
    public static IscsiRoot Prepare(Architecture architecture)
    {
        LinuxPayload plain = LinuxPayload.Prepare(architecture);
        AptArchive archive = PayloadCache.Own;
        string debian = architecture.DebianName();
        string folder = Path.GetDirectoryName(plain.Kernel)!;
        string initrd = Path.Combine(folder, $"iscsi-initrd-{Revision}.img");
        string root = Path.Combine(folder, $"iscsi-root-{Revision}.ext4");
        if (!File.Exists(initrd))
            PrepareInitrd(archive, debian, initrd);
        if (!File.Exists(root))
            PrepareRoot(archive, debian, root);
        LinuxPayload payload = plain with
        {
            Initrd = initrd,
            Marker = plain.Marker.Replace("BOOTLACE-MARKER", "BOOTLACE-ROOT"),
        };
        return new IscsiRoot(payload, new GptPartition(RootName, GptPartition.LinuxFiles, root));
    }

    private static void PrepareInitrd(AptArchive archive, string architecture, string target)
    {
        UnpackedPackage busybox = PayloadCache.Get(archive, "busybox-static", architecture);
        UnpackedProgram iscsi = UnpackedProgram.Get(archive, "open-iscsi", architecture);
        UnpackedPackage kernel = LinuxPayload.KernelPackage(archive, architecture);
        string iscsistart = iscsi.Package.File("sbin/iscsistart", "usr/sbin/iscsistart");
        using MemoryStream content = new();
        NewcArchive cpio = new(content);
        foreach (string name in new[] { "bin", "sbin", "dev", "lib", "modules" })
            cpio.AddFolder(name);
        cpio.AddLink("lib64", "lib");
        LoginScripts.AddTo(cpio, archive, architecture);
        cpio.AddDevice("dev/console", 5, 1);
        cpio.AddFile("bin/busybox", File.ReadAllBytes(busybox.File("bin/busybox", "usr/bin/busybox")), isProgram: true);
        cpio.AddFile("sbin/iscsistart", File.ReadAllBytes(iscsistart), isProgram: true);
        foreach ((string name, string path) in iscsi.LibrariesOf(iscsistart))
            cpio.AddFile($"lib/{name}", File.ReadAllBytes(path), isProgram: true);
        IReadOnlyList<(string Name, byte[] Content)> modules = new KernelModules(kernel).InLoadOrder(Modules);
        foreach ((string name, byte[] module) in modules)
            cpio.AddFile($"modules/{name}.ko", module);
        cpio.AddFile("modules/order", Encoding.ASCII.GetBytes(string.Concat(modules.Select(it => it.Name + "\n"))));
        cpio.AddFile("init", Encoding.ASCII.GetBytes(Init.ReplaceLineEndings("\n")), isProgram: true);
        cpio.Finish();
        LinuxPayload.WriteWhole(target, content.ToArray());
    }

    private static void PrepareRoot(AptArchive archive, string architecture, string target)
    {
        UnpackedPackage busybox = PayloadCache.Get(archive, "busybox-static", architecture);
        string folder = Directory.CreateTempSubdirectory("bootlace-root-").FullName;
        foreach (string name in new[] { "bin", "sbin", "dev", "proc", "sys" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        File.Copy(busybox.File("bin/busybox", "usr/bin/busybox"), Path.Combine(folder, "bin", "busybox"));
        string init = Path.Combine(folder, "sbin", "init");
        File.WriteAllText(init, RootInit.ReplaceLineEndings("\n"));
        Tool.Require("chmod", ["755", init]);
        File.WriteAllBytes(Path.Combine(folder, "carried.bin"), LinuxPayload.Carried(architecture));
        File.Delete(target + ".new");
        Tool.Require("mke2fs", ["-q", "-t", "ext4", "-m", "0", "-d", folder, target + ".new", "24M"]);
        Directory.Delete(folder, recursive: true);
        File.Move(target + ".new", target, overwrite: true);
    }
}
