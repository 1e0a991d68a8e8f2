using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>manifest</c>: fetches a signed list of SHA-256 digests, as sha256sum writes it; whatever is fetched
/// afterwards must be in it. Its signature lies beside it: <c>.sig</c> is added to the path.</summary>
public sealed class ManifestCommand(IImageTrust trust) : Command(
    "manifest", "<uri> [<signature uri>]", 1, 2,
    [ImgverifyCommand.Signer, ImageCommand.Timeout, ImageCommand.Quiet])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string uri = call.Arguments[0];
        string signatureUri = call.Arguments.Count > 1 ? call.Arguments[1] : Beside(uri);
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: false) with { IsProof = true };
        await trust.LoadManifestAsync(uri, signatureUri, call.Text(ImgverifyCommand.Signer), wishes, stop);
        return Status.Success;
    }

    private static string Beside(string uri)
    {
        int end = uri.IndexOfAny(['?', '#']);
        return end < 0 ? uri + ".sig" : uri.Substring(0, end) + ".sig" + uri.Substring(end);
    }
}
