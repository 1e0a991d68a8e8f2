using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>Fetches whole disks into memory: <c>sanboot --ram</c>.</summary>
internal sealed class DiskFetcher(BootParts parts, ImageStore images, ProgressDisplay display)
{
    /// <summary>What a root path that is a URI means: relative to the script's own.</summary>
    public BootUri Resolve(string text) => BootUri.Parse(text).ResolveAgainst(images.WorkingUri);

    /// <summary>Fetches a file and makes it a disk; shows how that goes.</summary>
    public async Task<OpenedDisk> FetchAsync(string text, CancellationToken stop)
    {
        BootUri uri = Resolve(text);
        var content = new ImageContent(parts.Firmware, outlivesUs: parts.Disks.HasRamDisks);
        TransferLine line = display.Begin(uri.ToString(), isQuiet: false);
        bool isFetched = false;
        try
        {
            FetchedBody body = await parts.Fetcher.FetchAsync(uri, content, line, stop);
            line.Succeeded(body.SizeBytes);
            isFetched = true;
            return parts.DiskOpener.OpenMemory(content, uri.ToString());
        }
        catch (Exception)
        {
            if (!isFetched) line.Failed();
            content.Dispose();
            throw;
        }
    }
}
