using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>show</c>: prints a setting with the scope and type it really came from.</summary>
public sealed class ShowCommand(SettingsStore settings, ITerminal terminal)
    : Command("show", "<setting>", 1, 1, [Quiet])
{
    private static readonly Option Quiet = new("quiet", 'q');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string name = call.Arguments[0];
        if (!settings.TryFind(SettingName.Parse(name), out FoundSetting found))
            throw new BootFailure(ScriptFailure.NotSet, $"'{ByteText.ToUnicode(name)}' has no value");
        if (!found.Type.TryFormat(found.Value, out string text))
            throw new BootFailure(found.Type is IntegerType ? ScriptFailure.NumberTooLarge : ScriptFailure.BadValue,
                $"The value of '{ByteText.ToUnicode(name)}' is not of type {found.Type.Name}");
        terminal.Write(call.Has(Quiet) ? text + "\n" : $"{found.FullName} = {text}\n");
        return new(Status.Success);
    }
}
