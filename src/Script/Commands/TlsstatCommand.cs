using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>tlsstat</c>: shows the last connections over TLS, and why their servers were believed.</summary>
public sealed class TlsstatCommand(ITlsConnections connections, ITerminal terminal)
    : Command("tlsstat", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        terminal.Write(connections.Describe());
        return new(Status.Success);
    }
}
