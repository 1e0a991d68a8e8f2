using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgextract</c>: takes what is compressed out of an archive, which is freed then.</summary>
public sealed class ImgextractCommand(IImages images)
    : Command("imgextract", "<uri|image>", 1, 1, [NameOption, Keep, Timeout, Quiet])
{
    private static readonly Option NameOption = new("name", 'n', "name");
    private static readonly Option Keep = new("keep", 'k');
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");
    private static readonly Option Quiet = new("quiet", 'q');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var wishes = new FetchWishes(null, call.Number(Timeout), call.Has(Quiet), IsModule: true);
        IImage archive = ImageCommand.Find(images, call.Arguments[0])
            ?? await images.FetchAsync(call.Arguments[0], wishes, stop);
        await images.ExtractAsync(archive, call.Text(NameOption), call.Has(Quiet), stop);
        if (!call.Has(Keep)) images.Free(archive);
        return Status.Success;
    }
}
