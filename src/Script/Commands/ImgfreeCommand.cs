using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgfree</c>: frees the named images, or all.</summary>
public sealed class ImgfreeCommand(IImages images) : Command("imgfree", "[<image>...]", 0, Unlimited, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Arguments.Count == 0)
        {
            var all = new List<IImage>(images.All);
            foreach (IImage image in all) images.Free(image);
        }
        foreach (string name in call.Arguments) images.Free(ImageCommand.Require(images, name));
        return new(Status.Success);
    }
}
