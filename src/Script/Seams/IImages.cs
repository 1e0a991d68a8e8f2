using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The fetched files (spec/ipxe-compat.md 2.1). All text is <see cref="ByteText"/>.</summary>
public interface IImages
{
    /// <summary>All of them in order of fetching.</summary>
    IReadOnlyList<IImage> All { get; }

    /// <summary>The one to boot, or null.</summary>
    IImage? Selected { get; }

    /// <summary>Downloads a file, shows how that goes and registers it. Its name is the wish, or the last part of the
    /// URI's path.</summary>
    Task<IImage> FetchAsync(string uri, FetchWishes wishes, CancellationToken stop);

    /// <summary>Makes it the one to boot; throws when it is nothing this machine can run.</summary>
    void Select(IImage image);

    /// <summary>Drops it and its memory.</summary>
    void Free(IImage image);

    /// <summary>Runs a script by <paramref name="interpreter"/>, or boots a program; the status it came back with.
    /// Throws when it is neither.</summary>
    Task<Status> ExecuteAsync(IImage image, Interpreter interpreter, CancellationToken stop);
}

/// <summary>A fetched file.</summary>
public interface IImage
{
    /// <summary>What commands call it.</summary>
    string Name { get; }
    /// <summary>Length.</summary>
    ulong SizeBytes { get; }
    /// <summary>What was recognised: script, EFI, data.</summary>
    string TypeName { get; }
    /// <summary>Arguments; null: none.</summary>
    string? CommandLine { get; set; }
    /// <summary>Freed once it has run.</summary>
    bool IsAutoFree { get; set; }
}

/// <summary>How a file is to be fetched.</summary>
/// <param name="Name">The image's name; null: from the URI.</param>
/// <param name="TimeoutMs">Time for the whole transfer; 0 = no limit.</param>
/// <param name="IsQuiet">No progress line.</param>
/// <param name="IsModule">It is to be part of the initrd.</param>
public readonly record struct FetchWishes(string? Name, long TimeoutMs, bool IsQuiet, bool IsModule);
