using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>iflinkwait</c>: opens interfaces and waits until each has its link.</summary>
public sealed class IflinkwaitCommand(INetwork network, ITerminal terminal)
    : InterfaceCommand("iflinkwait", network, terminal, [Timeout])
{
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");

    /// <inheritdoc/>
    protected override async ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        long timeoutMs = call.Milliseconds(Timeout);
        foreach (IInterface one in interfaces)
        {
            one.Open();
            await one.WaitForLinkAsync(timeoutMs, stop);
        }
        return Status.Success;
    }
}
