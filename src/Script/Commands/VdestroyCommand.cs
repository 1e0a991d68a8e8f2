using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>vdestroy</c>: takes the interface of a VLAN away, with its settings.</summary>
public sealed class VdestroyCommand(INetwork network) : Command("vdestroy", "<vlan>", 1, 1, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        network.DestroyVlan(InterfaceNames.Require(network, call.Arguments[0]));
        return new(Status.Success);
    }
}
