using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A command that does one thing to the named interfaces, or to all. It goes on after an unknown name and
/// fails at the end (spec/ipxe-compat.md 2).</summary>
public abstract class InterfaceCommand(string name, INetwork network, ITerminal terminal, Option[] options)
    : Command(name, "[<interface>...]", 0, Unlimited, options)
{
    /// <inheritdoc/>
    public sealed override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        List<IInterface> wanted = Named(call, out string? unknown);
        if (wanted.Count == 0 && unknown is null && NeedsInterface)
            throw new BootFailure(ScriptFailure.NoInterfaces);
        Status status = await RunAsync(call, wanted, stop);
        return unknown is null ? status : throw InterfaceNames.Unknown(unknown);
    }

    /// <summary>Where output goes.</summary>
    protected ITerminal Terminal { get; } = terminal;

    /// <summary>Whether having no interface at all is a failure.</summary>
    protected virtual bool NeedsInterface => true;

    /// <summary>Does it to <paramref name="interfaces"/>.</summary>
    protected abstract ValueTask<Status> RunAsync(
        CommandCall call, IReadOnlyList<IInterface> interfaces, CancellationToken stop);

    private List<IInterface> Named(CommandCall call, out string? unknown)
    {
        unknown = null;
        var named = new List<IInterface>();
        if (call.Arguments.Count == 0) named.AddRange(network.Interfaces);
        foreach (string name in call.Arguments)
        {
            if (InterfaceNames.Find(network, name) is { } found) named.Add(found);
            else unknown ??= name;
        }
        return named;
    }
}
