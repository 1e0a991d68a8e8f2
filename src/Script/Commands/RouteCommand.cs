using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>route</c>: shows the addresses and routes of the interfaces in use.</summary>
public sealed class RouteCommand(INetwork network, ITerminal terminal) : Command("route", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        foreach (IInterface one in network.Interfaces)
        {
            if (one.IsOpen) terminal.Write(one.DescribeRoutes());
        }
        return new(Status.Success);
    }
}
