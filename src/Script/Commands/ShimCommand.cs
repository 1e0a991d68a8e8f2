using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>shim</c>: the program that starts a kernel whose signature the firmware does not know, but the shim's
/// distribution does; none: without one again. Where the firmware takes the selected kernel, nothing is fetched.
/// </summary>
public sealed class ShimCommand(IImages images)
    : Command(
        "shim", "[<uri|image>]", 0, 1,
        [ImageCommand.Timeout, ImageCommand.Quiet, RequireLoader, AllowPxe, AllowSbat])
{
    private static readonly Option RequireLoader = new("require-loader", 'l');
    private static readonly Option AllowPxe = new("allow-pxe", 'p');   // started programs find no PXE of ours anyway
    private static readonly Option AllowSbat = new("allow-sbat", 's');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: false);
        bool isNeeded = call.Arguments.Count > 0
            && (images.Selected is not { } kernel || images.MayNeedShim(kernel));
        if (!isNeeded)
        {
            images.UseShim(null, default);
            return Status.Success;
        }
        IImage? listed = ImageCommand.Find(images, call.Arguments[0]);
        IImage shim = listed ?? await images.FetchAsync(call.Arguments[0], wishes, stop);
        try
        {
            images.UseShim(shim, new ShimWishes(call.Has(RequireLoader), call.Has(AllowSbat)));
        }
        catch
        {
            if (listed is null) images.Free(shim);
            throw;
        }
        return Status.Success;
    }
}
