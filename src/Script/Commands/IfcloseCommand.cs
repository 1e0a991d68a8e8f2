using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>ifclose</c>: gives interfaces up.</summary>
public sealed class IfcloseCommand(INetwork network, ITerminal terminal)
    : InterfaceCommand("ifclose", network, terminal, [])
{
    /// <inheritdoc/>
    protected override ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        foreach (IInterface one in interfaces) one.Close();
        return new(Status.Success);
    }
}
