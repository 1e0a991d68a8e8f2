using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>imgtrust</c>: from now on only images that somebody vouches for are used.</summary>
public sealed class ImgtrustCommand(IImageTrust trust) : Command("imgtrust", "", 0, 0, [Allow, Permanent])
{
    private static readonly Option Allow = new("allow", 'a');
    private static readonly Option Permanent = new("permanent", 'p');

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        trust.Require(isRequired: !call.Has(Allow), isPermanent: call.Has(Permanent));
        return new(Status.Success);
    }
}
