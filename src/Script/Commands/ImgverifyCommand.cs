using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgverify</c>: checks an image's detached signature, and trusts the image.</summary>
public sealed class ImgverifyCommand(IImages images, IImageTrust trust)
    : Command(
        "imgverify", "<uri|image> <signature uri|image>", 2, 2,
        [Signer, ImageCommand.Keep, ImageCommand.Timeout, ImageCommand.Quiet])
{
    internal static readonly Option Signer = new("signer", 's', "common name");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: false);
        IImage image = await ImageCommand.AcquireAsync(images, call.Arguments[0], wishes, stop);
        wishes = wishes with { IsProof = true };
        IImage signature = await ImageCommand.AcquireAsync(images, call.Arguments[1], wishes, stop);
        try
        {
            await trust.VerifyAsync(image, signature, call.Text(Signer), stop);
        }
        finally
        {
            if (!call.Has(ImageCommand.Keep)) images.Free(signature);
        }
        return Status.Success;
    }
}
