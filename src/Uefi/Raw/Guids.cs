using System;

namespace Bootlace.Uefi.Raw;

/// <summary>The identifiers of the protocols, tables, groups and vendors we name.</summary>
internal static class Guids
{
    public static EfiGuid LoadedImage => new(0x5b1b31a1, 0x9562, 0x11d2, 0x8e3f_00a0c969723b);
    public static EfiGuid LoadedImageDevicePath => new(0xbc62157e, 0x3e33, 0x4fec, 0x9920_2d3b36d750df);
    public static EfiGuid DevicePath => new(0x09576e91, 0x6d3f, 0x11d2, 0x8e39_00a0c969723b);
    public static EfiGuid SimpleNetwork => new(0xa19832b9, 0xac25, 0x11d3, 0x9a2d_0090273fc14d);
    public static EfiGuid PxeBaseCode => new(0x03c4e603, 0xac28, 0x11d3, 0x9a2d_0090273fc14d);
    public static EfiGuid SimpleTextInputEx => new(0xdd9e7534, 0x7762, 0x4698, 0x8c14_f58517a625aa);
    public static EfiGuid SimpleTextOutput => new(0x387477c2, 0x69c7, 0x11d2, 0x8e39_00a0c969723b);
    public static EfiGuid GraphicsOutput => new(0x9042a9de, 0x23dc, 0x4a38, 0x96fb_7aded080516a);
    public static EfiGuid HiiFont => new(0xe9ca4775, 0x8657, 0x47fc, 0x97e7_7ed65a084324);
    public static EfiGuid SimpleFileSystem => new(0x964e5b22, 0x6459, 0x11d2, 0x8e39_00a0c969723b);
    public static EfiGuid LoadFile2 => new(0x4006c0c1, 0xfcb3, 0x403e, 0x996d_4a6c8724e06d);
    public static EfiGuid PciIo => new(0x4cf5b200, 0x68b8, 0x4ca5, 0x9eec_b23e3f50029a);
    public static EfiGuid UsbIo => new(0x2b2f68d6, 0x0cd2, 0x44cf, 0x8e8b_bba20b1b5b75);
    public static EfiGuid Rng => new(0x3152bca5, 0xeade, 0x433d, 0x862e_c01cdc291f44);

    public static EfiGuid BlockIo => new(0x964e5b21, 0x6459, 0x11d2, 0x8e39_00a0c969723b);
    public static EfiGuid BlockIo2 => new(0xa77b2472, 0xe282, 0x4e9f, 0xa245_c2c0e27bbcc1);
    public static EfiGuid AcpiTable => new(0xffe06bdd, 0x6107, 0x46a6, 0x7bb2_5a9c7ec5275c);
    public static EfiGuid RamDisk => new(0xab38a0df, 0x6873, 0x44a9, 0x87e6_d4eb56148449);

    /// <summary>EFI_VIRTUAL_DISK_GUID: a RAM disk that holds a hard disk.</summary>
    public static EfiGuid VirtualDisk => new(0x77ab535a, 0x45fc, 0x624b, 0x5560_f7b281d1f96e);
    /// <summary>EFI_VIRTUAL_CD_GUID: a RAM disk that holds a CD.</summary>
    public static EfiGuid VirtualCd => new(0x3d5abd30, 0x4175, 0x87ce, 0x6d64_d2ade523c4bb);

    /// <summary>SMBIOS_TABLE_GUID: the 2.x entry point.</summary>
    public static EfiGuid Smbios => new(0xeb9d2d31, 0x2d88, 0x11d3, 0x9a16_0090273fc14d);
    /// <summary>SMBIOS3_TABLE_GUID: the 3.0 entry point.</summary>
    public static EfiGuid Smbios3 => new(0xf2fd1544, 0x9794, 0x4a2c, 0x992e_e5bbcf20e394);

    /// <summary>EFI_ACPI_TABLE_GUID: the root pointer with a long address.</summary>
    public static EfiGuid Acpi2 => new(0x8868e871, 0xe4f1, 0x11d3, 0xbc22_0080c73c8881);
    /// <summary>ACPI_TABLE_GUID: the root pointer of ACPI 1.0.</summary>
    public static EfiGuid Acpi1 => new(0xeb9d2d30, 0x2d88, 0x11d3, 0x9a16_0090273fc14d);

    /// <summary>EFI_DTB_TABLE_GUID: the flattened device tree (UEFI 2.10, 4.6.1).</summary>
    public static EfiGuid DeviceTree => new(0xb1b621d5, 0xf19c, 0x41a5, 0x830b_d9152c69aae0);
    /// <summary>EFI_DT_FIXUP_PROTOCOL_GUID: the firmware puts into a tree what only it knows.</summary>
    public static EfiGuid DeviceTreeFixup => new(0xe617d64c, 0xfe08, 0x46da, 0xf4dc_bbd5870c7300);

    /// <summary>EFI_FILE_INFO_ID.</summary>
    public static EfiGuid FileInfo => new(0x09576e92, 0x6d3f, 0x11d2, 0x8e39_00a0c969723b);
    /// <summary>EFI_FILE_SYSTEM_INFO_ID.</summary>
    public static EfiGuid FileSystemInfo => new(0x09576e93, 0x6d3f, 0x11d2, 0x8e39_00a0c969723b);
    /// <summary>EFI_FILE_SYSTEM_VOLUME_LABEL_ID.</summary>
    public static EfiGuid FileSystemVolumeLabel => new(0xdb47d7d3, 0xfe81, 0x11d3, 0x9a35_0090273fc14d);

    /// <summary>EFI_GLOBAL_VARIABLE: OsIndications, SecureBoot …</summary>
    public static EfiGuid GlobalVariable => new(0x8be4df61, 0x93ca, 0x11d2, 0xaa0d_00e098032b8c);
    /// <summary>EFI_EVENT_GROUP_BEFORE_EXIT_BOOT_SERVICES (UEFI 2.10, 7.1), as the bytes of our image: U-Boot keeps the
    /// pointer that an event was created with.</summary>
    public static ReadOnlySpan<byte> BeforeExitBootServicesGroup =>
    [
        0x74, 0xe2, 0xe0, 0x8b, 0x70, 0x39, 0x44, 0x4b, 0x80, 0xc5, 0x1a, 0xb9, 0x50, 0x2f, 0x3b, 0xfc,
    ];

    /// <summary>EFI_EVENT_GROUP_EXIT_BOOT_SERVICES.</summary>
    public static EfiGuid ExitBootServicesGroup => new(0x27abf055, 0xb1b8, 0x4c26, 0x8048_748f37baa2df);

    /// <summary>SHIM_LOCK_GUID: shim's protocol, and the vendor of its variables.</summary>
    public static EfiGuid ShimLock => new(0x605dab50, 0xe046, 0x4300, 0xabb6_3dd810dd8b23);

    /// <summary>LINUX_EFI_INITRD_MEDIA: the vendor path Linux looks for its initrd on.</summary>
    public static EfiGuid LinuxInitrdMedia => new(0x5568e427, 0x68fc, 0x4f3d, 0xac74_ca555231cc68);
}
