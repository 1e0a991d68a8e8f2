using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>dhcp</c>, <c>ifconf</c>: opens interfaces, waits for their link and configures them, until the first one
/// that succeeds. Those that failed are closed again.</summary>
public sealed class DhcpCommand(string name, INetwork network, ITerminal terminal)
    : InterfaceCommand(name, network, terminal, [ConfiguratorOption, Timeout])
{
    private static readonly Option ConfiguratorOption = new("configurator", 'c', "configurator");
    private static readonly Option Timeout = new("timeout", 't', "milliseconds");

    /// <inheritdoc/>
    protected override async ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        Configurator configurator = ReadConfigurator(call.Text(ConfiguratorOption));
        long timeoutMs = call.Milliseconds(Timeout);
        BootFailure? last = null;
        foreach (IInterface one in interfaces)
        {
            bool wasOpen = one.IsOpen;
            try
            {
                one.Open();
                await one.ConfigureAsync(configurator, timeoutMs, stop);
                return Status.Success;
            }
            catch (BootFailure failure)
            {
                if (last is not null) Terminal.Write(ByteText.FromUnicode(last.Describe()) + "\n");
                last = failure;
                if (!wasOpen) one.Close();
            }
        }
        return last is null ? Status.Success : throw last;
    }

    private static Configurator ReadConfigurator(string? text) => text switch
    {
        null => Configurator.Any,
        "dhcp" => Configurator.Dhcp,
        _ => throw new BootFailure(
            ScriptFailure.UnknownConfigurator, $"There is no configurator '{ByteText.ToUnicode(text)}'"),
    };
}
