using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>goto</c>: goes on at a label and abandons the rest of the line. A label that is not there is a
/// condition, not an error: <c>goto ${choice} ||</c>.</summary>
public sealed class GotoCommand() : Command("goto", "<label>", 1, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Interpreter.Frame?.Source is null) throw new BootFailure(ScriptFailure.NotInScript);
        bool found = call.Interpreter.Frame.TryJump(call.Arguments[0]);
        return new(found ? Status.Success : Status.Quietly(ScriptFailure.NoSuchLabel));
    }
}
