using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>echo</c>: words joined by one blank.</summary>
public sealed class EchoCommand(ITerminal terminal) : Command("echo", "[--] [<text>...]", 0, Unlimited, [NoNewline])
{
    private static readonly Option NoNewline = new("n", 'n');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        terminal.Write(call.Has(NoNewline) ? call.Joined(0) : call.Joined(0) + "\n");
        return new(Status.Success);
    }
}
