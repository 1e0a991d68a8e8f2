using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The interactive prompt: single command lines until <c>exit</c> (spec/ipxe-compat.md 1.10).</summary>
public sealed class Shell(Interpreter interpreter, ITerminal terminal)
{
    private const string Prompt = "iPXE> ";

    /// <summary>Reads and runs lines; the status given to <c>exit</c>.</summary>
    public async Task<Status> RunAsync(CancellationToken stop)
    {
        var request = new LineRequest(Prompt, "", 0, IsCommand: true)
        {
            Complete = new LineCompletion(interpreter.Commands, interpreter.Settings).Complete,
        };
        var frame = new ScriptFrame(null);
        while (true)
        {
            string line = await terminal.ReadLineAsync(request, stop);
            await interpreter.RunSingleLineAsync(line, frame);
            if (frame.Exit is { } status) return status;
        }
    }
}
