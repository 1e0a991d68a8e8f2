using System.Collections.Generic;
using System.Text;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The words on a Linux command line that make its initramfs log in to the disks that are hooked: the way to
/// hand them over where there is no ACPI, and so no iBFT. They hold the secrets: that is what they are for.</summary>
internal static class KernelArguments
{
    private const int LunGroupBits = 16;

    /// <summary>Whether a disk's names and secrets can stand on a command line: a blank would end a word, and what
    /// follows be a word of its own, whoever it came from.</summary>
    public static bool CanName(IscsiSource disk)
    {
        IscsiOptions options = disk.Options;
        return IsWord(options.InitiatorName) && IsWord(options.Path.TargetName) && IsWord(options.UserName)
            && IsWord(options.Password) && IsWord(options.ReverseUserName) && IsWord(options.ReversePassword);
    }

    /// <summary>For dracut (dracut.cmdline(7)): all disks.</summary>
    public static string ForDracut(IReadOnlyList<IscsiSource> disks, DiskRoute route)
    {
        var line = new StringBuilder($"rd.neednet=1 {AddressArguments(route)}");
        if (!route.NameServer.IsUnspecified && !route.IsFromDhcp) line.Append($" nameserver={route.NameServer}");
        line.Append($" rd.iscsi.initiator={disks[0].Options.InitiatorName}");
        foreach (IscsiSource disk in disks) line.Append(DracutRoot(disk));
        return line.ToString();
    }

    /// <summary>For Debian's initramfs-tools (the open-iscsi package): it takes one target.</summary>
    public static string ForDebian(IscsiSource disk, DiskRoute route)
    {
        IscsiOptions options = disk.Options;
        var line = new StringBuilder(AddressArguments(route));
        Add(line, "iscsi_initiator", options.InitiatorName);
        Add(line, "iscsi_target_name", options.Path.TargetName);
        Add(line, "iscsi_target_ip", disk.Address.ToString());
        Add(line, "iscsi_target_port", disk.Port.ToString());
        Add(line, "iscsi_target_group", disk.PortalGroupTag.ToString());
        Add(line, "iscsi_username", options.UserName);
        Add(line, "iscsi_password", options.Password);
        Add(line, "iscsi_in_username", options.ReverseUserName);
        Add(line, "iscsi_in_password", options.ReversePassword);
        return line.ToString();
    }

    /// <summary>The klibc form, which dracut reads too; the card is named by its address, since only the kernel knows
    /// what it will be called.</summary>
    private static string AddressArguments(DiskRoute route)
    {
        string card = $"BOOTIF=01-{route.Card.Device.Address.ToString().Replace(':', '-')}";
        if (route.IsFromDhcp) return $"ip=dhcp {card}";
        string gateway = route.Ipv4.Gateway.IsUnspecified ? "" : route.Ipv4.Gateway.ToString();
        var mask = new Ipv4Address(Ipv4Address.MaskOf(route.Ipv4.PrefixLength));
        string host = IsHostName(route.HostName) ? route.HostName : "";
        return $"ip={route.Ipv4.Address}::{gateway}:{mask}:{host}::none {card}";
    }

    private static bool IsWord(string? text)
    {
        foreach (char letter in text ?? "")
        {
            if (letter is <= ' ' or '"' or '\x7f') return false;
        }
        return true;
    }

    private static bool IsHostName(string text)
    {
        foreach (char letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '.' or '_')) return false;
        }
        return true;
    }

    private static string DracutRoot(IscsiSource disk)
    {
        IscsiOptions options = disk.Options;
        string server = disk.Address.IsIpv6 ? $"[{disk.Address}]" : disk.Address.ToString();
        string[] secrets = options.ReverseUserName is { Length: > 0 }
            ? [options.UserName ?? "", options.Password ?? "", options.ReverseUserName, options.ReversePassword ?? ""]
            : options.UserName is { Length: > 0 } ? [options.UserName, options.Password ?? ""] : [];
        string path = $"{server}:6:{disk.Port}:{LunText(options.Path.Lun)}:{options.Path.TargetName}";
        if (!HasSeparator(secrets))
            return $" netroot=iscsi:{(secrets.Length > 0 ? string.Join(":", secrets) + "@" : "")}{path}";
        // Such a secret cannot stand in the path, only beside it, where it counts for all disks.
        var line = new StringBuilder();
        for (int i = 0; i < secrets.Length; i++) Add(line, SecretNames[i], secrets[i]);
        return $" {line.ToString().TrimStart()} netroot=iscsi:{path}";
    }

    private static readonly string[] SecretNames =
        ["rd.iscsi.username", "rd.iscsi.password", "rd.iscsi.in.username", "rd.iscsi.in.password"];

    private static bool HasSeparator(string[] secrets)
    {
        foreach (string secret in secrets)
        {
            if (secret.Contains(':') || secret.Contains('@')) return true;
        }
        return false;
    }

    /// <summary>As Linux numbers it: a plain LUN in decimal.</summary>
    private static string LunText(ulong lun)
    {
        bool isPlain = lun << LunGroupBits == 0;
        return isPlain ? $"{lun >> (64 - LunGroupBits) & 0x3fff}" : $"0x{lun:x}";
    }

    private static void Add(StringBuilder line, string name, string? value)
    {
        if (value is { Length: > 0 }) line.Append($" {name}={value}");
    }
}
