using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Which images may be used, and who vouches for them. All text is <see cref="ByteText"/>; failures are
/// thrown.</summary>
public interface IImageTrust
{
    /// <summary>Something has been said about trust: from now on images nobody vouches for are named.</summary>
    bool IsConfigured { get; }

    /// <summary>Refuses images nobody vouches for, or takes them again; what is permanent is so until the machine is
    /// reset.</summary>
    void Require(bool isRequired, bool isPermanent);

    /// <summary>Checks an image against its signature, and trusts it from then on.</summary>
    /// <param name="image">What is signed.</param>
    /// <param name="signature">The detached signature.</param>
    /// <param name="signer">The common name its signer must have; null: any.</param>
    /// <param name="stop">Ctrl-C.</param>
    Task VerifyAsync(IImage image, IImage signature, string? signer, CancellationToken stop);

    /// <summary>Checks an image against the digest it must have, and trusts it from then on.</summary>
    Task RequireDigestAsync(IImage image, ReadOnlyMemory<byte> sha256, CancellationToken stop);

    /// <summary>Fetches a signed list of digests: whatever is fetched afterwards must be in it.</summary>
    /// <param name="uri">The list.</param>
    /// <param name="signatureUri">Its detached signature.</param>
    /// <param name="signer">The common name its signer must have; null: any.</param>
    /// <param name="wishes">How both are fetched.</param>
    /// <param name="stop">Ctrl-C.</param>
    Task LoadManifestAsync(
        string uri, string signatureUri, string? signer, FetchWishes wishes, CancellationToken stop);

    /// <summary>An image's digest.</summary>
    Task<byte[]> DigestAsync(IImage image, HashKind hash, CancellationToken stop);
}
