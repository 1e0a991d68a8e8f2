using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>vcreate</c>: makes an interface of a VLAN on a trunk, named <c>net0-5</c>; one that is there gets the
/// priority.</summary>
public sealed class VcreateCommand(INetwork network) : Command("vcreate", "<trunk>", 1, 1, [Tag, Priority])
{
    private static readonly Option Tag = new("tag", 't', "1..4094");
    private static readonly Option Priority = new("priority", 'p', "0..7");

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        IInterface trunk = InterfaceNames.Require(network, call.Arguments[0]);
        network.CreateVlan(trunk, call.Number(Tag), call.Number(Priority));
        return new(Status.Success);
    }
}
