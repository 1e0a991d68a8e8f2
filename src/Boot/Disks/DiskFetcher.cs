using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>Fetches whole disks into memory: <c>sanboot --ram</c>.</summary>
internal sealed class DiskFetcher(
    BootParts parts, ImageStore images, ProgressDisplay display, TrustPolicy trust)
{
    /// <summary>What a root path that is a URI means: relative to the script's own.</summary>
    public BootUri Resolve(string text) => BootUri.Parse(text).ResolveAgainst(images.WorkingUri);

    /// <summary>Throws where a manifest is in force: it knows whole files only.</summary>
    public void RequireFreedom(BootUri uri) => trust.RefuseParts(uri);

    /// <summary>Throws where a disk that is a file may not be booted from, as nobody vouches for it.</summary>
    public void RequireVouched(string drive) => trust.AdmitDisk(drive);

    /// <summary>Says that nobody vouches for what a disk holds, where trust has been configured.</summary>
    public void NameUnverified(string drive) => trust.Name(drive);

    /// <summary>Fetches a file and makes it a disk; shows how that goes.</summary>
    public async Task<OpenedDisk> FetchAsync(string text, CancellationToken stop)
    {
        BootUri uri = Resolve(text);
        FileDigest digest = trust.ExpectedOf(uri, default, isProof: false);
        var content = new ImageContent(parts.Firmware, outlivesUs: parts.Disks.HasRamDisks);
        using PinnedTarget? pinned = digest.IsGiven ? new PinnedTarget(content) : null;
        TransferLine line = display.Begin(uri.ToString(), isQuiet: false);
        bool isFetched = false;
        try
        {
            IBodyTarget target = pinned is null ? content : pinned;
            FetchedBody body = await parts.Fetcher.FetchAsync(uri, target, line, stop);
            pinned?.Require(digest, uri.ToString());
            line.Succeeded(body.SizeBytes);
            isFetched = true;
            OpenedDisk disk = parts.DiskOpener.OpenMemory(content, uri.ToString());
            disk.IsTrusted = digest.IsGiven;
            return disk;
        }
        catch (Exception trouble)
        {
            if (!isFetched) line.Failed(trouble);
            content.Dispose();
            throw;
        }
    }
}
