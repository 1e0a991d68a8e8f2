using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>certfree</c>: drops certificates that were added.</summary>
public sealed class CertfreeCommand(ICertificates certificates)
    : Command("certfree", "", 0, 0, [CertstatCommand.Subject])
{
    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        certificates.Free(call.Text(CertstatCommand.Subject));
        return new(Status.Success);
    }
}
