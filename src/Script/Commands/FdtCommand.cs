using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>fdt</c>: the device tree that programs started from now on find; none: the firmware's own
/// again.</summary>
public sealed class FdtCommand(IImages images)
    : Command("fdt", "[<uri|image>]", 0, 1, [ImageCommand.Timeout, ImageCommand.Quiet])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Arguments.Count == 0)
        {
            images.UseDeviceTree(null);
            return Status.Success;
        }
        FetchWishes wishes = ImageCommand.WishesOf(call, isModule: false);
        IImage? listed = ImageCommand.Find(images, call.Arguments[0]);
        IImage tree = listed ?? await images.FetchAsync(call.Arguments[0], wishes, stop);
        try
        {
            images.UseDeviceTree(tree);
        }
        finally
        {
            if (listed is null) images.Free(tree);   // a copy is kept
        }
        return Status.Success;
    }
}
