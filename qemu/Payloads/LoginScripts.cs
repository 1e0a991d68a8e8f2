using System.IO;
using System.Linq;
using System.Text;

namespace Bootlace.Harness;

/// <summary>What distributions' initramfs log in to an iSCSI target with when the words on the command line are all
/// that they know of it. They end up in the initrd as /scripts/debian-login and /scripts/dracut-login.</summary>
public static class LoginScripts
{
    // Debian's own, only started as its /init does.
    private const string Debian = """
        #!/bin/sh
        . /scripts/prepare
        sh /scripts/local-top/iscsi

        """;

    // Takes dracut's words apart with dracut's own library. The login itself is not dracut's: that asks the target for
    // its address, and logs in only where this is the one on the command line, which it is not behind QEMU's user
    // networking.
    private const string Dracut = """
        #!/bin/sh
        . /scripts/prepare
        . /scripts/functions
        configure_networking
        . /lib/dracut-lib.sh
        . /lib/net-lib.sh
        parse_iscsi_root "$(getarg netroot)" || exit
        set -- -i "$(getarg rd.iscsi.initiator)" -t "$iscsi_target_name" -a "$iscsi_target_ip" \
            -p "${iscsi_target_port:-3260}" -g 1
        [ -n "$iscsi_username" ] && set -- "$@" -u "$iscsi_username" -w "$iscsi_password"
        [ -n "$iscsi_in_username" ] && set -- "$@" -U "$iscsi_in_username" -W "$iscsi_in_password"
        iscsistart "$@"

        """;

    // As Debian's /init has it when its scripts start.
    private const string Prepare = """
        for word in $(cat /proc/cmdline); do
            case $word in ip=*) IP=${word#ip=} ;; BOOTIF=*) BOOTIF=${word#BOOTIF=} ;; esac
        done
        read starttime rest </proc/uptime
        starttime=${starttime%.*} quiet=n DEVICE=
        export IP BOOTIF DEVICE starttime quiet

        """;

    /// <summary>Adds the scripts, and what they need besides busybox and open-iscsi. The folders bin and lib are there
    /// already.</summary>
    /// <param name="cpio">The initrd.</param>
    /// <param name="archive">Where the packages come from.</param>
    /// <param name="architecture">Debian's name of the guest's architecture.</param>
    /// <exception cref="HarnessException">The packages cannot be had.</exception>
    public static void AddTo(NewcArchive cpio, AptArchive archive, string architecture)
    {
        foreach (string name in new[] { "scripts", "scripts/local-top", "conf" })
            cpio.AddFolder(name);
        AddText(cpio, "conf/initramfs.conf", "");
        AddText(cpio, "scripts/prepare", Prepare);
        AddText(cpio, "scripts/debian-login", Debian);
        AddText(cpio, "scripts/dracut-login", Dracut);
        UnpackedPackage iscsi = PayloadCache.Get(archive, "open-iscsi", architecture);
        Add(cpio, "scripts/local-top/iscsi", Find(iscsi, "scripts/local-top/iscsi"));
        Add(cpio, "scripts/functions", Find(PayloadCache.Get(archive, "initramfs-tools-core", "all"), "functions"));
        Add(cpio, "bin/ipconfig", Find(PayloadCache.Get(archive, "klibc-utils", architecture), "bin/ipconfig"));
        string klibc = Find(PayloadCache.Get(archive, "libklibc", architecture), "klibc-*.so");
        Add(cpio, $"lib/{Path.GetFileName(klibc)}", klibc);

        UnpackedPackage dracut = PayloadCache.Get(archive, "dracut-core", architecture);
        foreach (string name in new[] { "dracut-lib.sh", "dracut-dev-lib.sh" })
            Add(cpio, $"lib/{name}", Find(dracut, name));
        Add(cpio, "lib/net-lib.sh", Find(PayloadCache.Get(archive, "dracut-network", "all"), "net-lib.sh"));
        foreach (string name in new[] { "dracut-getarg", "dracut-getargs" })
            Add(cpio, $"bin/{name}", Find(dracut, "dracut-util"));   // one program that goes by its name
    }

    private static void AddText(NewcArchive cpio, string path, string text) =>
        cpio.AddFile(path, Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\n")));

    private static void Add(NewcArchive cpio, string path, string source) =>
        cpio.AddFile(path, File.ReadAllBytes(source), isProgram: true);

    /// <summary>The file whose path ends like this, wherever a release of the package keeps it.</summary>
    private static string Find(UnpackedPackage package, string end) =>
        Directory.EnumerateFiles(package.Folder, Path.GetFileName(end), SearchOption.AllDirectories)
            .FirstOrDefault(it => end.Contains('*') || it.EndsWith('/' + end))
        ?? throw new HarnessException($"The package in {package.Folder} holds no {end}.");
}
