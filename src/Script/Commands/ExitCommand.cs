using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>exit</c>: ends the innermost script or shell at once with a status.</summary>
public sealed class ExitCommand() : Command("exit", "[<status>]", 0, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        uint code = call.Arguments.Count > 0 ? unchecked((uint)NumberText.Read(call.Arguments[0])) : 0;
        call.Interpreter.Frame?.End(new Status(code));
        return new(new Status(code));
    }
}
