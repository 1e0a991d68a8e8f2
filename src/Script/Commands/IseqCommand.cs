using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>iseq</c>: whether two values are the same, byte for byte.</summary>
public sealed class IseqCommand() : Command("iseq", "<value1> <value2>", 2, 2, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop) =>
        new(call.Arguments[0] == call.Arguments[1] ? Status.Success : Status.Quietly(ScriptFailure.NotEqual));
}
