using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>ifopen</c>: takes interfaces into use.</summary>
public sealed class IfopenCommand(INetwork network, ITerminal terminal)
    : InterfaceCommand("ifopen", network, terminal, [])
{
    /// <inheritdoc/>
    protected override ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        foreach (IInterface one in interfaces) one.Open();
        return new(Status.Success);
    }
}
