using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>cpair</c>: sets the colours of a kind of text in menus and forms.</summary>
public sealed class CpairCommand(ColourPairs pairs) : Command("cpair", "<pair>", 1, 1, [Foreground, Background])
{
    private static readonly Option Foreground = new("foreground", 'f', "colour");
    private static readonly Option Background = new("background", 'b', "colour");

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        pairs.SetPair(
            NumberText.Read(call.Arguments[0]),
            call.Has(Foreground) ? call.Number(Foreground) : null,
            call.Has(Background) ? call.Number(Background) : null);
        return new(Status.Success);
    }
}
