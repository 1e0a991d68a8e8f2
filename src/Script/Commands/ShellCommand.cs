using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>shell</c>: a prompt inside the script; its status is that of its <c>exit</c>.</summary>
public sealed class ShellCommand(ITerminal terminal) : Command("shell", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop) =>
        await new Shell(call.Interpreter, terminal).RunAsync(stop);
}
