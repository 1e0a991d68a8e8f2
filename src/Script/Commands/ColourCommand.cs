using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>colour</c>: shows one of the eight colours as another one. A text console has no more than those eight,
/// so --rgb alone changes nothing.</summary>
public sealed class ColourCommand(ColourPairs pairs) : Command("colour", "<colour>", 1, 1, [Basic, Rgb])
{
    private static readonly Option Basic = new("basic", 'b', "colour");
    private static readonly Option Rgb = new("rgb", 'r', "0xRRGGBB");

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        long colour = NumberText.Read(call.Arguments[0]);
        call.Number(Rgb);   // a number it has to be
        pairs.SetColour(colour, call.Has(Basic) ? call.Number(Basic) : colour);
        return new(Status.Success);
    }
}
