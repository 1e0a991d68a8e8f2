namespace Bootlace.Build;

/// <summary>What a verb needs of the machine; the second column of tools/packages.txt.</summary>
public enum PackageNeed
{
    /// <summary>Assembling and linking the loader.</summary>
    Build,

    /// <summary>Booting it in QEMU, with real servers.</summary>
    Boot,
}
