using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>nslookup</c>: stores the address of a host in a setting. An address as text is its own
/// answer.</summary>
public sealed class NslookupCommand(INetwork network, SettingsStore settings)
    : Command("nslookup", "<setting> <name>", 2, 2, [])
{
    private const int Ipv4Bytes = 4;

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        byte[] address = await network.ResolveAsync(call.Arguments[1], stop);
        SettingType type = address.Length == Ipv4Bytes ? SettingTypes.Ipv4 : SettingTypes.Ipv6;
        settings.StoreBytes(call.Arguments[0], address, type);
        return Status.Success;
    }
}
