using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>console</c>: text on a picture, or back to text alone.</summary>
public sealed class ConsoleCommand(IDisplay display, IImages images, ColourPairs colours) : Command(
    "console", "", 0, 0, [WidthOption, HeightOption, Left, Right, Top, Bottom, Depth, Picture, Keep])
{
    private const int PixelsMax = 16384;

    private static readonly Option WidthOption = new("x", 'x', "width");
    private static readonly Option HeightOption = new("y", 'y', "height");
    private static readonly Option Left = new("left", 'l', "pixels");
    private static readonly Option Right = new("right", 'r', "pixels");
    private static readonly Option Top = new("top", 't', "pixels");
    private static readonly Option Bottom = new("bottom", 'b', "pixels");
    private static readonly Option Depth = new("depth", 'd', "bits");
    private static readonly Option Picture = new("picture", 'p', "uri or image");
    private static readonly Option Keep = new("keep", 'k');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var wishes = new DisplayWishes(
            Pixels(call, WidthOption), Pixels(call, HeightOption), Pixels(call, Left), Pixels(call, Right),
            Pixels(call, Top), Pixels(call, Bottom));
        Pixels(call, Depth);   // every mode of a UEFI screen has as many bits as there are
        string? picture = call.Text(Picture);
        if (picture is null && wishes == default && !call.Has(Depth))
        {
            display.ShowText();
            colours.IsOnPicture = false;
            return Status.Success;
        }
        if (string.IsNullOrEmpty(picture))
        {
            display.ShowPicture(wishes, null);
            colours.IsOnPicture = false;
            return Status.Success;
        }
        IImage image = await ImageCommand.AcquireAsync(images, picture, default, stop);
        try
        {
            display.ShowPicture(wishes, image);
            colours.IsOnPicture = true;
        }
        finally
        {
            if (!call.Has(Keep)) images.Free(image);
        }
        return Status.Success;
    }

    private static int Pixels(CommandCall call, Option option)
    {
        long pixels = call.Number(option);
        if (pixels is >= 0 and <= PixelsMax) return (int)pixels;
        throw new BootFailure(
            ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(call.Text(option)!)}' is no number of pixels");
    }
}
