using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Checks images against digests and signatures.</summary>
internal sealed class ImageTrust(
    TrustPolicy policy, ImageStore images, SignatureVerifier verifier, SignerCheck checkSigner, IConsole console,
    Pump pump) : IImageTrust
{
    private const int SignatureBytesMax = 1 << 20;
    private const ulong AttributesBytesMax = SignatureBytesMax;   // they came in a signature

    /// <summary>After so many bytes hashed, keys and network are looked at: a tenth of a second on a slow machine.
    /// </summary>
    private const int StepBytes = 2 << 20;

    /// <inheritdoc/>
    public bool IsConfigured => policy.IsConfigured;

    /// <inheritdoc/>
    public void Require(bool isRequired, bool isPermanent) => policy.Require(isRequired, isPermanent);

    /// <inheritdoc/>
    public async Task VerifyAsync(IImage image, IImage signature, string? signer, CancellationToken stop)
    {
        var signed = (Image)image;
        await VerifyAsync(signed.Content, (Image)signature, signer, stop);
        policy.Trust(signed);
    }

    /// <inheritdoc/>
    public async Task RequireDigestAsync(IImage image, ReadOnlyMemory<byte> sha256, CancellationToken stop)
    {
        byte[] actual = await DigestAsync(image, HashKind.Sha256, stop);
        new FileDigest(sha256, IsListed: false).Require(actual, ByteText.ToUnicode(image.Name));
        policy.Trust((Image)image);
    }

    /// <inheritdoc/>
    public async Task LoadManifestAsync(
        string uri, string signatureUri, string? signer, FetchWishes wishes, CancellationToken stop)
    {
        Image list = await images.FetchAsync(images.Resolve(uri), wishes, stop);
        Image? signature = null;
        try
        {
            signature = await images.FetchAsync(images.Resolve(signatureUri), wishes, stop);
            await VerifyAsync(list.Content, signature, signer, stop);
            int count = policy.Add(list.Content.ToContiguous().Span, images.Resolve(uri));
            console.Write($"{ByteText.ToUnicode(list.Name)}: {count} files may be fetched\n");
        }
        finally
        {
            images.Free(list);
            if (signature is not null) images.Free(signature);
        }
    }

    /// <inheritdoc/>
    public Task<byte[]> DigestAsync(IImage image, HashKind hash, CancellationToken stop) =>
        DigestAsync(((Image)image).Content, hash, stop);

    private async Task VerifyAsync(ImageContent content, Image signature, string? signer, CancellationToken stop)
    {
        if (signature.SizeBytes > SignatureBytesMax) throw new BootFailure(SignatureFailure.SignatureTooLarge);
        if (content.ReceivedBytes <= AttributesBytesMax && CmsView.IsAttributes(content.ToContiguous().Span))
            throw new BootFailure(SignatureFailure.OtherContent);
        ReadOnlyMemory<byte> message = CmsFile.Signature.Read(signature.Content.ToContiguous());
        var digests = new Dictionary<HashKind, byte[]>();
        foreach (HashKind hash in SignatureVerifier.HashesOf(message.Span))
            digests[hash] = await DigestAsync(content, hash, stop);
        FileSigners found =
            verifier.Verify(message.Span, digests, signer is null ? null : ByteText.ToUnicode(signer));
        foreach (ReadOnlyMemory<byte> certificate in found.Certificates)
            await checkSigner(certificate, found.Others, stop);
        console.Write($"Signed by {found.Name}\n");
    }

    private async Task<byte[]> DigestAsync(ImageContent content, HashKind hash, CancellationToken stop)
    {
        var weak = new Md4();
        using Digest? digest = hash == HashKind.Md4 ? null : new Digest(hash);
        foreach (ReadOnlyMemory<byte> piece in content.Pieces)
        {
            for (int at = 0; at < piece.Length; at += StepBytes)
            {
                ReadOnlySpan<byte> part = piece.Span.Slice(at, int.Min(StepBytes, piece.Length - at));
                if (digest is null) weak.Add(part);
                else digest.Add(part);
                await pump.Delay(Duration.Zero, stop);
            }
        }
        byte[] result = new byte[HashKinds.DigestBytesOf(hash)];
        if (digest is null) weak.Finish(result);
        else digest.Finish(result);
        return result;
    }
}
