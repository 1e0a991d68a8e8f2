using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Where a fetched body came from in the end, and its size in bytes.</summary>
public readonly record struct FetchedBody(BootUri Uri, ulong SizeBytes);

/// <summary>The front door of all transfers: finds the opener of a URI's scheme and follows redirects.</summary>
public sealed class UriFetcher(IReadOnlyList<IUriOpener> openers)
{
    /// <summary>How often one fetch may be sent elsewhere.</summary>
    public const int RedirectsMax = 10;

    /// <summary>Fetches an absolute URI into an empty <paramref name="target"/>. Throws a BootFailure, or
    /// OperationCanceledException when <paramref name="stop"/> says so; what the target holds then is of no
    /// use.</summary>
    public async Task<FetchedBody> FetchAsync(
        BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        BootUri current = uri;
        for (int redirects = 0; redirects <= RedirectsMax; redirects++)
        {
            stop.ThrowIfCancellationRequested();
            BootUri? elsewhere = await OpenerFor(current).FetchAsync(current, target, progress, stop);
            if (elsewhere is null) return new FetchedBody(current, target.ReceivedBytes);
            current = RedirectRule.Follow(current, elsewhere);
        }
        throw new BootFailure(UriFailure.Loop,
            $"{uri} was redirected more than {RedirectsMax} times, last to {current}");
    }

    /// <summary>Closes what is kept for later transfers: somebody else gets the network.</summary>
    public void CloseIdle()
    {
        foreach (IUriOpener opener in openers) opener.CloseIdle();
    }

    private IUriOpener OpenerFor(BootUri uri)
    {
        if (uri.Scheme is null)
            throw new BootFailure(UriFailure.NoBase, $"'{uri}' has no scheme and nothing to be relative to");
        foreach (IUriOpener opener in openers)
            if (opener.Scheme == uri.Scheme) return opener;
        if (uri.Scheme == "https")
            throw new BootFailure(UriFailure.HttpsNotSupported, $"{uri} cannot be fetched: https is not possible here");
        throw new BootFailure(UriFailure.UnknownScheme, $"'{uri.Scheme}' is not a scheme we can fetch");
    }
}
