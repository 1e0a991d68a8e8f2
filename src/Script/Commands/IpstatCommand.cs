using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>ipstat</c>: shows how many packets came and went, and what was wrong with them.</summary>
public sealed class IpstatCommand(INetwork network, ITerminal terminal) : Command("ipstat", "", 0, 0, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        terminal.Write(network.DescribePackets());
        return new(Status.Success);
    }
}
