using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgset</c>: stores what a file holds in a setting, by the setting's type; the line end that text files
/// end with is no part of it.</summary>
public sealed class ImgsetCommand(IImages images, SettingsStore settings)
    : Command("imgset", "<setting> <uri|image>", 2, 2, [Keep, Timeout, Quiet])
{
    private static readonly Option Keep = new("keep", 'k');
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");
    private static readonly Option Quiet = new("quiet", 'q');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var wishes = new FetchWishes(null, call.Number(Timeout), call.Has(Quiet), IsModule: false);
        IImage image = ImageCommand.Find(images, call.Arguments[1])
            ?? await images.FetchAsync(call.Arguments[1], wishes, stop);
        try
        {
            string text = ByteText.FromBytes(images.Read(image));
            if (text.EndsWith('\n')) text = text.Substring(0, text.Length - 1);
            if (text.EndsWith('\r')) text = text.Substring(0, text.Length - 1);
            settings.StoreText(call.Arguments[0], text);
        }
        finally
        {
            if (!call.Has(Keep)) images.Free(image);
        }
        return Status.Success;
    }
}
