using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>sleep</c>: waits some seconds.</summary>
public sealed class SleepCommand(IScriptClock clock) : Command("sleep", "<seconds>", 1, 1, [])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string text = call.Arguments[0];
        long seconds = NumberText.Read(text);
        if (seconds is < 0 or > int.MaxValue)
            throw new BootFailure(ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(text)}' is no number of seconds");
        await clock.Delay(seconds * 1000, stop);
        return Status.Success;
    }
}
