using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgdecrypt</c>: decrypts an image by its envelope, which is freed then.</summary>
public sealed class ImgdecryptCommand(IImages images, IImageDecryption decryption)
    : Command("imgdecrypt", "<uri|image> <envelope uri|image>", 2, 2, [NameOption, Keep, Timeout, Quiet])
{
    private static readonly Option NameOption = new("name", 'n', "name");
    private static readonly Option Keep = new("keep", 'k');
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");
    private static readonly Option Quiet = new("quiet", 'q');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var wishes = new FetchWishes(null, call.Milliseconds(Timeout), call.Has(Quiet), IsModule: true);
        IImage image = ImageCommand.Find(images, call.Arguments[0])
            ?? await images.FetchAsync(call.Arguments[0], wishes, stop);
        IImage envelope = ImageCommand.Find(images, call.Arguments[1])
            ?? await images.FetchAsync(call.Arguments[1], wishes with { IsModule = false }, stop);
        try
        {
            await decryption.DecryptAsync(image, envelope, call.Text(NameOption), call.Has(Quiet), stop);
        }
        finally
        {
            if (!call.Has(Keep)) images.Free(envelope);
        }
        return Status.Success;
    }
}
