using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>imgexec</c>, <c>chain</c>, <c>boot</c>: runs a script or boots a program: the selected one, or one named
/// or downloaded now.</summary>
public sealed class ExecuteCommand(string name, IImages images, IImageTrust trust)
    : ImageCommand(name, images, trust, "[<uri|image> [<arguments>...]]", 0,
        [NameOption, Timeout, Quiet, AutoFree, Replace, Sha256])
{
    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        IImage image;
        if (call.Arguments.Count == 0)
        {
            // iPXE prints a message and succeeds here; a boot that did not happen is no success.
            image = Images.Selected ?? throw new BootFailure(ScriptFailure.NothingSelected);
            if (call.Has(AutoFree)) image.IsAutoFree = true;
        }
        else
        {
            image = await AcquireAsync(call, stop);
        }
        if (call.Has(Replace) && call.Interpreter.Frame is { Source: not null } script)
        {
            script.End(Status.Success, image);
            return Status.Success;
        }
        return await Images.ExecuteAsync(image, call.Interpreter, stop);
    }
}
