using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>login</c>: asks for the settings username and password.</summary>
public sealed class LoginCommand(SettingsStore settings, ITerminal terminal) : Command("login", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        var form = new Menu("Login");
        form.Add(new MenuItem("username", "Username"));
        form.Add(new MenuItem("password", "Password", IsSecret: true));
        return await PresentCommand.FillInAsync(form, settings, terminal, endsBehindLast: true, stop);
    }
}
