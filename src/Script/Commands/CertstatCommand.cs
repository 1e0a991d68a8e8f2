using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary><c>certstat</c>: lists the certificates at hand.</summary>
public sealed class CertstatCommand(ICertificates certificates, ITerminal terminal)
    : Command("certstat", "", 0, 0, [Subject])
{
    internal static readonly Option Subject = new("subject", 's', "name");

    /// <inheritdoc/>
    public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string? subject = call.Text(Subject);
        foreach (CertificateLine line in certificates.All)
        {
            if (subject is not null && line.Name != subject) continue;
            string trusted = line.IsTrusted ? " [TRUSTED]" : "", embedded = line.IsEmbedded ? " [EMBEDDED]" : "";
            terminal.Write($"{line.Name} : {line.Fingerprint}{trusted}{embedded}\n");
        }
        return new(Status.Success);
    }
}
