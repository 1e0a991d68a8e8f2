using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The border for what runs at start without being a command: failures are printed and become a status, Ctrl-C
/// interrupts.</summary>
internal static class Guard
{
    public static async Task<Status> RunAsync(
        Keyboard keyboard, IConsole console, Func<CancellationToken, Task<Status>> work)
    {
        using Interruption interruption = keyboard.BeginInterruptible();
        try
        {
            return await work(interruption.Token);
        }
        catch (BootFailure failure)
        {
            console.Write(failure.Describe() + "\n");
            return Status.Told(failure.Kind);
        }
        catch (OperationCanceledException)
        {
            console.Write(new BootFailure(ScriptFailure.Cancelled).Describe() + "\n");
            return Status.Told(ScriptFailure.Cancelled);
        }
    }
}
