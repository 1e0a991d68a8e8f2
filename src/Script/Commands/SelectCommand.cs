using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgselect</c>, <c>imgload</c>, <c>kernel</c>: takes or downloads an image and makes it the one to boot.
/// </summary>
public sealed class SelectCommand(string name, IImages images, IImageTrust trust)
    : ImageCommand(name, images, trust, "<uri|image> [<arguments>...]", 1,
        [NameOption, Timeout, Quiet, AutoFree, Sha256])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        Images.Select(await AcquireAsync(call, stop));
        return Status.Success;
    }
}
