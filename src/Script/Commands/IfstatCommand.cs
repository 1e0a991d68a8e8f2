using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>ifstat</c>: shows interfaces.</summary>
public sealed class IfstatCommand(INetwork network, ITerminal terminal)
    : InterfaceCommand("ifstat", network, terminal, [])
{
    /// <inheritdoc/>
    protected override bool NeedsInterface => false;

    /// <inheritdoc/>
    protected override ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        foreach (IInterface one in interfaces) Terminal.Write(one.Describe());
        return new(Status.Success);
    }
}
