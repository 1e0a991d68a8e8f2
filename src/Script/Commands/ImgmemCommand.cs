using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>imgmem</c>: makes a copy of a stretch of memory an image.</summary>
public sealed class ImgmemCommand(IImages images)
    : Command("imgmem", "<address> <length>", 2, 2, [ImageCommand.NameOption, ImageCommand.AutoFree])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        ulong address = Read(call.Arguments[0]), lengthBytes = Read(call.Arguments[1]);
        IImage image = images.CopyMemory(call.Text(ImageCommand.NameOption) ?? "", address, lengthBytes);
        image.IsAutoFree = call.Has(ImageCommand.AutoFree);
        return new(Status.Success);
    }

    private static ulong Read(string text) => NumberText.TryReadUnsigned(text, out ulong value)
        ? value : throw new BootFailure(ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(text)}' is not a number");
}
