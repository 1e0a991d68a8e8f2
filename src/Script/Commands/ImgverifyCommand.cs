using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgverify</c>: checks an image's detached signature, and trusts the image.</summary>
public sealed class ImgverifyCommand(IImages images, IImageTrust trust)
    : Command("imgverify", "<uri|image> <signature uri|image>", 2, 2, [Signer, Keep, Timeout, Quiet])
{
    internal static readonly Option Signer = new("signer", 's', "common name");
    internal static readonly Option Timeout = new("timeout", 't', "milliseconds");
    internal static readonly Option Quiet = new("quiet", 'q');
    private static readonly Option Keep = new("keep", 'k');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var wishes = new FetchWishes(null, call.Milliseconds(Timeout), call.Has(Quiet), IsModule: false);
        IImage image = ImageCommand.Find(images, call.Arguments[0])
            ?? await images.FetchAsync(call.Arguments[0], wishes, stop);
        IImage signature = ImageCommand.Find(images, call.Arguments[1])
            ?? await images.FetchAsync(call.Arguments[1], wishes with { IsProof = true }, stop);
        try
        {
            await trust.VerifyAsync(image, signature, call.Text(Signer), stop);
        }
        finally
        {
            if (!call.Has(Keep)) images.Free(signature);
        }
        return Status.Success;
    }
}
