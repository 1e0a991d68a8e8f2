using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>help</c>: lists the commands.</summary>
public sealed class HelpCommand(ITerminal terminal) : Command("help", "", 0, 0, [])
{
    private const int ColumnCharacters = 16;
    private const int Columns = 4;

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var text = new StringBuilder("Commands:\n");
        int count = 0;
        foreach (Command command in call.Interpreter.Commands.All)
        {
            text.Append("  ").Append(command.Name);
            if (++count % Columns == 0) text.Append('\n');
            else text.Append(' ', int.Max(1, ColumnCharacters - command.Name.Length));
        }
        if (count % Columns != 0) text.Append('\n');
        text.Append("'<command> --help' shows what a command takes.\n");
        terminal.Write(text.ToString());
        return new(Status.Success);
    }
}
