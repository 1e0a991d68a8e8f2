using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>pxebs</c>: finds a PXE boot server of a type; what it says is in <c>pxebs/</c> then.</summary>
public sealed class PxebsCommand(INetwork network) : Command("pxebs", "<interface> <server type>", 2, 2, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        IInterface through = InterfaceNames.Require(network, call.Arguments[0]);
        long type = NumberText.Read(call.Arguments[1]);
        if (type is < 0 or > ushort.MaxValue)
            throw new BootFailure(ScriptFailure.BadValue, $"{type} is no type of boot server");
        await through.FindBootServerAsync((int)type, stop);
        return Status.Success;
    }
}
