using System;
using System.Buffers;

namespace Bootlace.Boot;

/// <summary>What the boot logic asks of the firmware it runs on. Real: Uefi; test: a recording fake.</summary>
public interface IFirmware
{
    /// <summary>Who made it, as the firmware says: "Das U-Boot", "EDK II" …</summary>
    string Vendor { get; }

    /// <summary>The PE machine number images must carry: 0x8664 or 0xaa64.</summary>
    ushort PeMachine { get; }

    /// <summary>${buildarch}: x86_64 or arm64.</summary>
    string BuildArchitecture { get; }

    /// <summary>Bytes of free memory in the largest block.</summary>
    ulong LargestFreeBytes { get; }

    /// <summary>Takes whole pages for big images, outside the collected heap; throws a BootFailure when there is no
    /// such block. Disposing gives them back. Those that outlive us are left alone by the operating system
    /// too.</summary>
    IMemoryOwner<byte> AllocatePages(int countBytes, bool outliveUs = false);

    /// <summary>Whether the firmware refuses an EFI image because nobody whom it trusts has signed it: by trial,
    /// nothing is started.</summary>
    /// <param name="image">The PE file.</param>
    /// <param name="name">Its name, for its device path.</param>
    /// <param name="uri">Where it came from, likewise.</param>
    bool IsUntrusted(ReadOnlyMemory<byte> image, string name, string uri);

    /// <summary>Loads and starts an EFI image that the image check has accepted, with the network handed over; returns
    /// its exit status when it comes back. Throws a BootFailure when the firmware refuses to load it.</summary>
    ulong StartImage(in ImageStart start);

    /// <summary>Opens a file of the volume with that label, or of the one the loader came from where that is null; a
    /// path without a leading slash lies beside the loader there. Null when there is no such file or volume; other
    /// trouble is a BootFailure. <see cref="VolumeFile.TryRead"/> reads it whole.</summary>
    IVolumeFile? OpenFile(string? volumeLabel, string path);

    /// <summary>Resets the machine; does not return.</summary>
    void Reset(ResetKind kind);
}
