using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>autoboot</c>: configures interfaces one after the other and boots what DHCP names there, as the loader
/// does without a script.</summary>
public sealed class AutobootCommand(INetwork network, INetworkBoot boot, ITerminal terminal)
    : InterfaceCommand("autoboot", network, terminal, [])
{
    /// <inheritdoc/>
    protected override async ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        bool isNamed = call.Arguments.Count > 0;
        if (isNamed && interfaces.Count == 0) return Status.Success;   // the unknown name is told of
        return await boot.BootAsync(isNamed ? interfaces : [], stop);
    }
}
