using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgargs</c>: replaces an image's command line; none clears it.</summary>
public sealed class ImgargsCommand(IImages images, IImageTrust trust)
    : ImageCommand("imgargs", images, trust, "<uri|image> [<arguments>...]", 1,
        [NameOption, Timeout, Quiet, AutoFree, Sha256])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        IImage image = await AcquireAsync(call, stop);
        image.CommandLine = call.Arguments.Count > 1 ? call.Joined(1) : null;
        return Status.Success;
    }
}
