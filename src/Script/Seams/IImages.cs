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

    /// <summary>Registers a copy of a stretch of memory; throws where no memory is.</summary>
    IImage CopyMemory(string name, ulong address, ulong lengthBytes);

    /// <summary>Makes it the one to boot; throws when it is nothing this machine can run.</summary>
    void Select(IImage image);

    /// <summary>Drops it and its memory.</summary>
    void Free(IImage image);

    /// <summary>What a file holds, if it is short enough to be a setting.</summary>
    byte[] Read(IImage image);

    /// <summary>Takes what is compressed out of an archive and registers it.</summary>
    /// <param name="archive">The archive; it stays.</param>
    /// <param name="name">The name of what is in it; null: the archive's without its last suffix.</param>
    /// <param name="isQuiet">Nothing is shown.</param>
    /// <param name="stop">Ctrl-C.</param>
    Task<IImage> ExtractAsync(IImage archive, string? name, bool isQuiet, CancellationToken stop);

    /// <summary>Keeps a copy of a device tree for programs to find when they are started; null: the firmware's own.
    /// Throws when it is none, or none is of use to this machine.</summary>
    void UseDeviceTree(IImage? tree);

    /// <summary>Whether it may take a shim to start it: the firmware does not trust it, which is tried, or what is to
    /// be started is still packed.</summary>
    bool MayNeedShim(IImage image);

    /// <summary>Names the shim that starts what the firmware does not trust, until it is freed; null: none. Throws when
    /// it is no program.</summary>
    void UseShim(IImage? shim, in ShimWishes wishes);

    /// <summary>Runs a script by <paramref name="interpreter"/>, or boots a program; the status it came back with.
    /// Throws when it is neither.</summary>
    Task<Status> ExecuteAsync(IImage image, Interpreter interpreter, CancellationToken stop);
}
