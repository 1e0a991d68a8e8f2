using System;
using System.Buffers;
using System.Collections.Generic;

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
    /// such block. Disposing gives them back.</summary>
    IMemoryOwner<byte> AllocatePages(int countBytes);

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

/// <summary>How <see cref="IFirmware.Reset"/> leaves.</summary>
public enum ResetKind
{
    /// <summary>Power cycle.</summary>
    Cold,
    /// <summary>Warm reset.</summary>
    Warm,
    /// <summary>Power off.</summary>
    Off,
    /// <summary>Into the firmware's set-up screen (OsIndications), then cold.</summary>
    Setup,
}

/// <summary>Everything one start of an EFI image needs.</summary>
public readonly struct ImageStart
{
    /// <summary>The PE file, contiguous.</summary>
    public required ReadOnlyMemory<byte> Image { get; init; }

    /// <summary>Its name, the last node of its device path.</summary>
    public required string Name { get; init; }

    /// <summary>The URI it came from, for the device path.</summary>
    public required string Uri { get; init; }

    /// <summary>LoadOptions text, already with the image name in front where that is wanted.</summary>
    public required string CommandLine { get; init; }

    /// <summary>The initrd as LoadFile2 serves it, piece after piece; empty: none is installed.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Initrd { get; init; }

    /// <summary>Files the image finds on its own device by SimpleFileSystem.</summary>
    public required IReadOnlyList<VirtualFile> Files { get; init; }
}

/// <summary>A file shown to a started image.</summary>
public readonly record struct VirtualFile(string Name, IReadOnlyList<ReadOnlyMemory<byte>> Pieces);
