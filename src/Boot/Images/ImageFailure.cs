using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What can be wrong with a fetched file, or with starting it. Area 09.</summary>
public static class ImageFailure
{
    /// <summary>Neither a script nor a program.</summary>
    public static readonly FailureKind NotExecutable =
        new(0x2e090001, "The file is neither a script nor an EFI program",
            "check that the URI names a kernel, an .efi file or a script");
    /// <summary>A web page or other text.</summary>
    public static readonly FailureKind IsText =
        new(0x2e090002, "The file is text, not a program",
            "the server may have sent an error page; a script must begin with #!ipxe");
    /// <summary>A program for another processor.</summary>
    public static readonly FailureKind WrongMachine =
        new(0x2e090003, "The program is for another kind of machine",
            "fetch the file for this machine; ${buildarch} names it");
    /// <summary>A file that ends before its contents do.</summary>
    public static readonly FailureKind Truncated =
        new(0x2e090004, "The program is truncated", "compare the file's size on the server with the original");
    /// <summary>A program whose headers contradict themselves.</summary>
    public static readonly FailureKind Damaged =
        new(0x2e090005, "The program's headers are damaged",
            "compare the file's checksum on the server with the original");
    /// <summary>A file compressed in a way we do not know.</summary>
    public static readonly FailureKind IsCompressed =
        new(0x2e090006, "The file is compressed in a way we do not know",
            "unpack it on the server, or use gzip or zstd");
    /// <summary>No memory for a file.</summary>
    public static readonly FailureKind NoMemory =
        new(0x31090007, "There is not enough memory for the file",
            "'imgfree' what is not needed, or give the machine more memory");
    /// <summary>A program that ended with an error.</summary>
    public static readonly FailureKind CameBack =
        new(0x1d090008, "The program ended with an error", "see what it printed above");
    /// <summary>Too many files.</summary>
    public static readonly FailureKind TooMany =
        new(0x34090009, "There are too many images", "'imgfree' what is not needed");
    /// <summary>A wrong word after an initrd's URI.</summary>
    public static readonly FailureKind BadMember =
        new(0x1c09000a, "The words after the initrd's URI make no file", "write '/name mode=644 mkdir=1'");
    /// <summary>A file too long for the archive format.</summary>
    public static readonly FailureKind MemberTooLarge =
        new(0x2309000b, "The file is too large to be a member of an initrd",
            "members of a cpio archive hold less than 4 GiB");
    /// <summary>A program too large to lie in one piece.</summary>
    public static readonly FailureKind ProgramTooLarge =
        new(0x2309000c, "The program is too large", "programs hold less than 2 GiB");
    /// <summary>The transfer took longer than <c>--timeout</c>.</summary>
    public static readonly FailureKind FetchTimedOut =
        new(0x4c09000d, "The transfer took too long", "raise --timeout or look at the server's load");
    /// <summary>A MIME message that is no script after all.</summary>
    public static readonly FailureKind NoScriptInMessage =
        new(0x2e090040, "The MIME message holds no script",
            "its type, or that of one of its parts, must be text/x-ipxe, and what it holds begin with #!ipxe");
    /// <summary><c>imgmem</c> of addresses that are none of memory.</summary>
    public static readonly FailureKind NoSuchMemory =
        new(0x2d090050, "There is no such memory", "the range must lie in memory that the firmware's map shows");
    /// <summary>DHCP named the very loader that asks.</summary>
    public static readonly FailureKind IsOurselves =
        new(0x2009000e, "DHCP names this loader itself as the boot file",
            "give clients with user class iPXE a script instead");
    /// <summary>DHCP named nothing to boot.</summary>
    public static readonly FailureKind NothingToBoot =
        new(0x2d09000f, "DHCP gave neither a boot file name nor a root path",
            "set the filename (option 67) on the DHCP server, or put autoexec.ipxe beside the loader");
    /// <summary>Nothing to unpack.</summary>
    public static readonly FailureKind NotAnArchive =
        new(0x3c090010, "The file is no archive", "'imgextract' unpacks gzip, zlib and zstd");
    /// <summary>An archive that contradicts itself.</summary>
    public static readonly FailureKind BadArchive =
        new(0x1c090011, "The archive is damaged", "compare the file's checksum on the server with the original");
    /// <summary>An archive that needs more than we have.</summary>
    public static readonly FailureKind OtherArchive =
        new(0x3c090012, "The archive is of a kind we cannot unpack",
            "compress it without a dictionary, with a window of at most 128 MiB (zstd --ultra -22 --long=27)");
    /// <summary>Archives in archives in archives.</summary>
    public static readonly FailureKind ArchivesTooDeep =
        new(0x20090013, "Archives are nested too deeply", "there may be one archive inside another");
    /// <summary>A long file for <c>imgset</c>.</summary>
    public static readonly FailureKind TooLargeForSetting =
        new(0x23090014, "The file is too large for a setting", "a setting takes at most 64 KiB of a file");
    /// <summary><c>fdt</c> where it is of no use.</summary>
    public static readonly FailureKind NoDeviceTrees =
        new(0x3c090015, "This machine takes no device tree",
            "'fdt' is for arm64; 'fdt ... ||' lets other machines go on");
    /// <summary>A file for <c>fdt</c> that is damaged or something else.</summary>
    public static readonly FailureKind BadDeviceTree =
        new(0x2e090016, "The file is no device tree", "make it with 'dtc -O dtb'; it may have at most 2 MiB");
    /// <summary>A picture that is damaged, too large or of another kind.</summary>
    public static readonly FailureKind BadPicture =
        new(0x2e090060, "The file is no picture that can be shown",
            "it is to be a PNG file of at most 16 million pixels");
}
