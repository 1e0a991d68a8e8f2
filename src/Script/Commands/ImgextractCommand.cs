using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgextract</c>: takes what is compressed out of an archive, which is freed then.</summary>
public sealed class ImgextractCommand(IImages images)
    : Command(
        "imgextract", "<uri|image>", 1, 1,
        [ImageCommand.NameOption, ImageCommand.Keep, ImageCommand.Timeout, ImageCommand.Quiet])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: true);
        IImage archive = await ImageCommand.AcquireAsync(images, call.Arguments[0], wishes, stop);
        await images.ExtractAsync(archive, call.Text(ImageCommand.NameOption), wishes.IsQuiet, stop);
        if (!call.Has(ImageCommand.Keep)) images.Free(archive);
        return Status.Success;
    }
}
