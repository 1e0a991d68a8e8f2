using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>param</c>: adds a form field or a header field to a list of request parameters.</summary>
public sealed class ParamCommand(ParameterShelf shelf)
    : Command("param", "<name> [<value>...]", 1, Unlimited, [Params, Header])
{
    private static readonly Option Params = new("params", 'p', "name");
    private static readonly Option Header = new("header", 'H');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        ParameterList list = shelf.Require(call.Text(Params) ?? "");
        if (call.Has(Header)) list.AddHeader(call.Arguments[0], call.Joined(1));
        else list.AddField(call.Arguments[0], call.Joined(1));
        return new(Status.Success);
    }
}
