using System;
using System.Collections.Generic;
using System.Linq;

namespace Bootlace.Harness;

/// <summary>A firmware build that QEMU runs.</summary>
/// <param name="Kind">Which firmware.</param>
/// <param name="Release">Its release, such as "2022.11".</param>
/// <param name="Code">Path of the code image.</param>
/// <param name="Variables">Path of the template of its variable store; null for U-Boot, whose environment we
/// write.</param>
public sealed record Firmware(FirmwareKind Kind, string Release, string Code, string? Variables)
{
    /// <summary>Name on the command line and in test names, such as "ovmf-2022.11".</summary>
    public string Name => $"{Kind.ToString().ToLowerInvariant()}-{Release}";

    /// <summary>The processor it is for.</summary>
    public Architecture Architecture => Kind == FirmwareKind.Ovmf ? Architecture.X64 : Architecture.Arm64;

    /// <summary>Whether it is EDK2 (OVMF, AAVMF) and not U-Boot.</summary>
    public bool IsEdk2 => Kind != FirmwareKind.Uboot;

    /// <summary>Whether it starts only what is signed, and keeps its variables from everybody else.</summary>
    public bool HasSecureBoot { get; init; }

    /// <summary>All firmware that this machine's releases offer, the machine's own release first.</summary>
    public static IReadOnlyList<Firmware> All { get; } = FindAll();

    /// <summary>The firmware with this name; "ovmf", "uboot" and "aavmf" mean the machine's own release of
    /// them.</summary>
    /// <exception cref="HarnessException">There is none; the message lists those there are.</exception>
    public static Firmware ByName(string name) =>
        All.FirstOrDefault(it => it.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? All.FirstOrDefault(it => it.Kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new HarnessException(
            $"There is no firmware '{name}' here; there are: {string.Join(", ", All.Select(it => it.Name))}.");

    /// <summary>What a machine of this architecture starts with unless told otherwise.</summary>
    public static Firmware Default(Architecture architecture) =>
        ByName(architecture == Architecture.X64 ? "ovmf" : "uboot");

    private static List<Firmware> FindAll()
    {
        List<Firmware> all = [];
        AddFrom(PayloadCache.Own, all);
        if (PayloadCache.Next is not { } next)
            return all;
        try
        {
            AddFrom(next, all);
        }
        catch (HarnessException failure)
        {
            PayloadCache.Say($"The newer firmware of {next.Name} cannot be had and is left out: {failure.Message}");
        }

        return all;
    }

    private static void AddFrom(AptArchive archive, List<Firmware> all)
    {
        UnpackedPackage ovmf = PayloadCache.Get(archive, "ovmf", "all");
        UnpackedPackage uboot = PayloadCache.Get(archive, "u-boot-qemu", "all");
        UnpackedPackage aavmf = PayloadCache.Get(archive, "qemu-efi-aarch64", "all");
        const string Ovmf = "usr/share/OVMF/", Aavmf = "usr/share/AAVMF/";
        all.Add(new Firmware(
            FirmwareKind.Ovmf, ovmf.Release, ovmf.File(Ovmf + "OVMF_CODE_4M.fd"), ovmf.File(Ovmf + "OVMF_VARS_4M.fd")));
        all.Add(new Firmware(
            FirmwareKind.Uboot, uboot.Release, uboot.File("usr/lib/u-boot/qemu_arm64/u-boot.bin"), Variables: null));
        all.Add(new Firmware(
            FirmwareKind.Aavmf,
            aavmf.Release,
            aavmf.File(Aavmf + "AAVMF_CODE.no-secboot.fd", Aavmf + "AAVMF_CODE.fd"),
            aavmf.File(Aavmf + "AAVMF_VARS.fd")));
    }
}
