using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>isset</c>: whether its argument, usually one expansion, is not empty.</summary>
public sealed class IssetCommand() : Command("isset", "<value>", 1, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop) =>
        new(call.Arguments[0].Length > 0 ? Status.Success : Status.Quietly(ScriptFailure.NotSet));
}
