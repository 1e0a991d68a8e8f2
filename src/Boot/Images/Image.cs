using Bootlace.Script;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>A fetched file with its name, origin and arguments (spec/ipxe-compat.md 2.1). Name and command line are
/// <see cref="ByteText"/>.</summary>
public sealed class Image(string name, BootUri? uri, ImageContent content, ImageKind kind) : IImage
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Where it came from, after redirects: what relative URIs inside it mean. Null: it was at hand, and they
    /// mean the same as outside it.</summary>
    public BootUri? Uri => uri;

    /// <summary>Its bytes.</summary>
    public ImageContent Content => content;

    /// <summary>What it is.</summary>
    public ImageKind Kind => kind;

    /// <summary>Something else is inside.</summary>
    public bool IsArchive => kind is ImageKind.Gzip or ImageKind.Zlib or ImageKind.Zstd;

    /// <summary>The archive it came out of in order to be run; null: none.</summary>
    public Image? UnpackedFrom { get; init; }

    /// <inheritdoc/>
    public ulong SizeBytes => content.ReceivedBytes;

    /// <inheritdoc/>
    public string TypeName => kind switch
    {
        ImageKind.Script => "script",
        ImageKind.Efi => "EFI",
        ImageKind.Gzip => "gzip",
        ImageKind.Zlib => "zlib",
        ImageKind.Zstd => "zstd",
        _ => "data",
    };

    /// <inheritdoc/>
    public string? CommandLine { get; set; }

    /// <inheritdoc/>
    public bool IsTrusted { get; internal set; }

    /// <inheritdoc/>
    public bool IsAutoFree { get; set; }

    /// <summary>It was fetched without a progress line, and is to be unpacked without one.</summary>
    public bool IsQuiet { get; internal set; }

    /// <summary>Fetched by <c>initrd</c>, <c>module</c> or <c>imgfetch</c>: part of what Linux gets as its
    /// initrd.</summary>
    public bool IsModule { get; init; }
}
