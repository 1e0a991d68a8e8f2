using System;
using System.Collections.Generic;
using Bootlace.Net;

namespace Bootlace.Boot;

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

    /// <summary>The text without the image name, for the device tree.</summary>
    public required string Arguments { get; init; }

    /// <summary>The initrd as LoadFile2 serves it, piece after piece; empty: none is installed.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Initrd { get; init; }

    /// <summary>The card, or the VLAN of one, below which its device hangs; null: the firmware's choice.</summary>
    public INetworkDevice? Card { get; init; }

    /// <summary>The device tree it finds among the firmware's tables; empty: the firmware's own.</summary>
    public ReadOnlyMemory<byte> DeviceTree { get; init; }

    /// <summary>The image is a shim, and is told so much; null: it is none.</summary>
    public ShimStart? Shim { get; init; }

    /// <summary>Files the image finds on its own device by SimpleFileSystem.</summary>
    public required IReadOnlyList<VirtualFile> Files { get; init; }
}
