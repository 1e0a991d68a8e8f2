using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>nstat</c>: shows the stations on the links, as ARP found them.</summary>
public sealed class NstatCommand(INetwork network, ITerminal terminal) : Command("nstat", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        foreach (IInterface one in network.Interfaces) terminal.Write(one.DescribeNeighbors());
        return new(Status.Success);
    }
}
