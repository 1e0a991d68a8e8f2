using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgstat</c>: lists images.</summary>
public sealed class ImgstatCommand(IImages images, IImageTrust trust, ITerminal terminal)
    : Command("imgstat", "[<image>...]", 0, Unlimited, [])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Arguments.Count == 0)
        {
            foreach (IImage image in images.All) Show(image);
        }
        foreach (string name in call.Arguments) Show(ImageCommand.Require(images, name));
        return new(Status.Success);
    }

    private void Show(IImage image)
    {
        var line = new StringBuilder($"{image.Name} : {image.SizeBytes} bytes [{image.TypeName}]");
        if (image == images.Selected) line.Append(" [SELECTED]");
        if (image.IsTrusted) line.Append(" [TRUSTED]");
        else if (trust.IsConfigured) line.Append(" [UNVERIFIED]");
        if (image.IsAutoFree) line.Append(" [AUTOFREE]");
        if (image.CommandLine is { } arguments) line.Append($" \"{arguments}\"");
        terminal.Write(line.Append('\n').ToString());
    }
}
