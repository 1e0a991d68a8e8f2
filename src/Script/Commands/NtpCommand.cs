using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>ntp</c>: asks a time server for the date, which certificates are compared with and which
/// <c>${unixtime}</c> shows. Without an argument it asks the one that DHCP names.</summary>
public sealed class NtpCommand(ITimeServers servers, SettingsStore settings, ITerminal terminal)
    : Command("ntp", "[<server>]", 0, 1, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string? server = call.Arguments.Count > 0 ? call.Arguments[0]
            : settings.TryFormat("ntp", out string named) && named.Length > 0 ? named : null;
        if (server is null) throw new BootFailure(ScriptFailure.NoTimeServer);
        terminal.Write($"The date is {await servers.AskAsync(server, stop)}\n");
        return Status.Success;
    }
}
