using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Reads a file of a volume into <paramref name="target"/>: of the one labelled <paramref
/// name="volumeLabel"/>, or of the loader's own where that is null. A path without a leading slash lies beside the
/// loader. False when there is no such file or volume; other trouble is a BootFailure.</summary>
public delegate bool FileReader(string? volumeLabel, string path, IBodyTarget target);

/// <summary>Opens <c>file:name</c>, <c>file:/path</c> and <c>file://LABEL/path</c> (spec/ipxe-compat.md 5.2).</summary>
public sealed class FileOpener(FileReader read) : IUriOpener
{
    /// <inheritdoc/>
    public string Scheme => "file";

    /// <inheritdoc/>
    public Task<BootUri?> FetchAsync(
        BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        string path = uri.DecodedPath;
        if (path.Length == 0 || path.EndsWith('/') || path.IndexOf('\0') >= 0)
            throw new BootFailure(FileFailure.NoName, $"'{uri}' names no file");
        string? label = string.IsNullOrEmpty(uri.Host) ? null : uri.Host;
        if (!read(label, path, target))
        {
            string place = label is null ? "the loader's volume" : $"volume '{label}'";
            throw new BootFailure(FileFailure.NotFound, $"{place} has no file '{path}'");
        }
        progress.Report(target.ReceivedBytes, target.ReceivedBytes);
        return Task.FromResult<BootUri?>(null);
    }
}
