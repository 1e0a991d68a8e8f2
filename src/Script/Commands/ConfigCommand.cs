using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>config</c>: lets the user look through all settings and change them on the whole screen.</summary>
public sealed class ConfigCommand(SettingsStore settings, ITerminal terminal) : Command("config", "[<scope>]", 0, 1, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string scope = call.Joined(0);
        SettingsBlock block = settings.FindBlock(scope) ?? throw new BootFailure(
            ScriptFailure.NoSuchScope, $"No settings scope '{ByteText.ToUnicode(scope)}'");
        await terminal.EditSettingsAsync(settings, block, stop);
        return Status.Success;
    }
}
