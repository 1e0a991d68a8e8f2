using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>prompt</c>: waits for a key; with --key only that one is success.</summary>
public sealed class PromptCommand(ITerminal terminal)
    : Command("prompt", "[<text>...]", 0, Unlimited, [KeyOption, Timeout])
{
    private static readonly Option KeyOption = new("key", 'k', "key");
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        int wanted = KeyText.Read(call.Text(KeyOption) ?? "");
        long timeoutMs = call.Milliseconds(Timeout);
        terminal.Write(call.Joined(0));
        try
        {
            int key = await terminal.ReadKeyAsync(timeoutMs, stop);
            return wanted == 0 || key == wanted ? Status.Success : Status.Quietly(ScriptFailure.OtherKey);
        }
        catch (BootFailure failure) when (failure.Kind == ScriptFailure.NothingTyped)
        {
            return Status.Quietly(failure.Kind);
        }
        finally
        {
            terminal.Write("\n");
        }
    }
}
