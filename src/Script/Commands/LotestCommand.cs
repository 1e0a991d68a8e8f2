using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>lotest</c>: sends frames from one interface to another until Ctrl-C is pressed or one is lost.</summary>
public sealed class LotestCommand(INetwork network, ITerminal terminal)
    : Command("lotest", "<sending interface> <receiving interface>", 2, 2, [Mtu, Broadcast])
{
    private static readonly Option Mtu = new("mtu", 'm', "bytes");
    private static readonly Option Broadcast = new("broadcast", 'b');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        IInterface sender = InterfaceNames.Require(network, call.Arguments[0]);
        IInterface receiver = InterfaceNames.Require(network, call.Arguments[1]);
        long mtuBytes = call.Number(Mtu);
        if (mtuBytes is < 0 or > ushort.MaxValue)
            throw new BootFailure(ScriptFailure.BadValue, $"{mtuBytes} is no size of a packet");
        sender.Open();
        receiver.Open();
        terminal.Write($"Testing the way from {sender.Name} to {receiver.Name}; Ctrl-C ends it\n");
        long count = 0;
        try
        {
            await network.TestLoopbackAsync(
                sender, receiver, (int)mtuBytes, call.Has(Broadcast), () => count++, stop);
            return Status.Success;
        }
        finally
        {
            terminal.Write($"{count} frames arrived\n");
        }
    }
}
