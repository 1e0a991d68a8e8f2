using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;

namespace Bootlace.ScriptCheck;

/// <summary>An interface whose DHCP server answers at once.</summary>
internal sealed class StubInterface(TracePrinter printer, SettingsStore settings, string name)
{
    public string Name => name;

    public bool IsOpen { get; private set; }

    public void Open() => IsOpen = true;

    public void Close() => IsOpen = false;

    public string Describe() => $"{name}: a network that is not there\n";

    public Task ConfigureAsync(Configurator configurator, long timeoutMs, CancellationToken stop)
    {
        settings.StoreText($"{name}.dhcp/ip", "192.0.2.10");
        settings.StoreText($"{name}.dhcp/netmask", "255.255.255.0");
        settings.StoreText($"{name}.dhcp/gateway", "192.0.2.1");
        settings.StoreText($"{name}.dhcp/dns", "192.0.2.1");
        settings.StoreText($"{name}.dhcp/next-server", "192.0.2.1");
        printer.Say($"{name} has 192.0.2.10 now");
        return Task.CompletedTask;
    }
}
