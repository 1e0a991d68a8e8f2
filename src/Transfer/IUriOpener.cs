using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Transfer;

/// <summary>Fetches the URIs of one scheme.</summary>
public interface IUriOpener
{
    /// <summary>The scheme it serves, in lower case.</summary>
    string Scheme { get; }

    /// <summary>Closes what it keeps for later: somebody else gets the network.</summary>
    void CloseIdle()
    {
    }

    /// <summary>Fetches <paramref name="uri"/>, absolute and of this scheme, into <paramref name="target"/>. Returns
    /// null once all is there, or where the server sent us instead; nothing has been written then. Failures are
    /// BootFailures, cancellation an OperationCanceledException.</summary>
    Task<BootUri?> FetchAsync(BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop);
}
