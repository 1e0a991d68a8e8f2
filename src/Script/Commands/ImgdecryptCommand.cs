using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgdecrypt</c>: decrypts an image by its envelope, which is freed then.</summary>
public sealed class ImgdecryptCommand(IImages images, IImageDecryption decryption)
    : Command(
        "imgdecrypt", "<uri|image> <envelope uri|image>", 2, 2,
        [ImageCommand.NameOption, ImageCommand.Keep, ImageCommand.Timeout, ImageCommand.Quiet])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: true);
        IImage image = await ImageCommand.AcquireAsync(images, call.Arguments[0], wishes, stop);
        wishes = wishes with { IsModule = false };
        IImage envelope = await ImageCommand.AcquireAsync(images, call.Arguments[1], wishes, stop);
        try
        {
            await decryption.DecryptAsync(
                image, envelope, call.Text(ImageCommand.NameOption), wishes.IsQuiet, stop);
        }
        finally
        {
            if (!call.Has(ImageCommand.Keep)) images.Free(envelope);
        }
        return Status.Success;
    }
}
