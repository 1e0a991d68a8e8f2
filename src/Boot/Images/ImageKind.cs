namespace Bootlace.Boot;

/// <summary>What a fetched file is, by its content.</summary>
public enum ImageKind
{
    /// <summary>Anything else: an initrd, a text.</summary>
    Data,
    /// <summary>A script, or a MIME message that may hold one.</summary>
    Script,
    /// <summary>An EFI program this machine can run.</summary>
    Efi,
    /// <summary>A file compressed by gzip.</summary>
    Gzip,
    /// <summary>One with the header of zlib.</summary>
    Zlib,
    /// <summary>One compressed by Zstandard.</summary>
    Zstd,
}
