using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgset</c>: stores what a file holds in a setting, by the setting's type; the line end that text files
/// end with is no part of it.</summary>
public sealed class ImgsetCommand(IImages images, SettingsStore settings)
    : Command(
        "imgset", "<setting> <uri|image>", 2, 2, [ImageCommand.Keep, ImageCommand.Timeout, ImageCommand.Quiet])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: false);
        IImage image = await ImageCommand.AcquireAsync(images, call.Arguments[1], wishes, stop);
        try
        {
            string text = ByteText.FromBytes(images.Read(image));
            if (text.EndsWith('\n')) text = text.Substring(0, text.Length - 1);
            if (text.EndsWith('\r')) text = text.Substring(0, text.Length - 1);
            settings.StoreText(call.Arguments[0], text);
        }
        finally
        {
            if (!call.Has(ImageCommand.Keep)) images.Free(image);
        }
        return Status.Success;
    }
}
