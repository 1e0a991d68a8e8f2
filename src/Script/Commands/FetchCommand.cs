using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgfetch</c>, <c>module</c>, <c>initrd</c>: always downloads; nothing is selected.</summary>
public sealed class FetchCommand(string name, IImages images, IImageTrust trust)
    : ImageCommand(name, images, trust, "<uri> [<arguments>...]", 1, [NameOption, Timeout, Quiet, AutoFree, Sha256])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        await FetchAsync(call, isModule: true, stop);
        return Status.Success;
    }
}
