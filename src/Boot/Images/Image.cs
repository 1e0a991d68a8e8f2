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

    /// <inheritdoc/>
    public ulong SizeBytes => content.ReceivedBytes;

    /// <inheritdoc/>
    public string TypeName => kind switch
    {
        ImageKind.Script => "script",
        ImageKind.Efi => "EFI",
        _ => "data",
    };

    /// <inheritdoc/>
    public string? CommandLine { get; set; }

    /// <inheritdoc/>
    public bool IsTrusted { get; internal set; }

    /// <inheritdoc/>
    public bool IsAutoFree { get; set; }

    /// <summary>Fetched by <c>initrd</c>, <c>module</c> or <c>imgfetch</c>: part of what Linux gets as its
    /// initrd.</summary>
    public bool IsModule { get; init; }
}
