using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>colour</c>: shows one of the eight colours as another one, as one of the eight on a text screen, and
/// exactly as wished (--rgb) on a picture.</summary>
public sealed class ColourCommand(ColourPairs pairs) : Command("colour", "<colour>", 1, 1, [Basic, Rgb])
{
    private static readonly Option Basic = new("basic", 'b', "colour");
    private static readonly Option Rgb = new("rgb", 'r', "0xRRGGBB");

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        long colour = NumberText.Read(call.Arguments[0]);
        pairs.SetColour(
            colour, call.Has(Basic) ? call.Number(Basic) : colour, call.Has(Rgb) ? call.Number(Rgb) : null);
        return new(Status.Success);
    }
}
