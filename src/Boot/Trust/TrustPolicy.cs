using System;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What has been said about which images may be used. Fetching and starting ask here.</summary>
internal sealed class TrustPolicy(IConsole console)
{
    private bool _isRequired;
    private bool _isPermanent;
    private Manifest? _manifest;

    /// <summary>Something has been said: images nobody vouches for are named from now on.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>See <see cref="IImageTrust.Require"/>.</summary>
    public void Require(bool isRequired, bool isPermanent)
    {
        if (_isPermanent && !isRequired) throw new BootFailure(SignatureFailure.IsPermanent);
        _isRequired = isRequired;
        _isPermanent |= isPermanent;
        IsConfigured = true;
    }

    /// <summary>Somebody vouches for an image.</summary>
    public void Trust(Image image)
    {
        image.IsTrusted = true;
        IsConfigured = true;
    }

    /// <summary>Takes a list in whose signature has been checked.</summary>
    /// <returns>The files listed by now.</returns>
    public int Add(ReadOnlySpan<byte> list, BootUri uri)
    {
        Manifest manifest = _manifest ?? new Manifest();
        manifest.Add(list, uri);
        _manifest = manifest;
        IsConfigured = true;
        return manifest.Count;
    }

    /// <summary>The digest that what is fetched from there must have. What the script says counts before what a
    /// manifest says: it may know of a newer version.</summary>
    /// <exception cref="BootFailure">There is a manifest that does not list it, and no digest in the script.
    /// </exception>
    public FileDigest ExpectedOf(BootUri uri, ReadOnlyMemory<byte> pinned, bool isProof)
    {
        var given = new FileDigest(pinned, IsListed: false);
        if (_manifest is null || given.IsGiven || isProof) return given;
        return new FileDigest(_manifest.Find(uri), IsListed: true);
    }

    /// <summary>Lets an image be used, and names it where nobody vouches for it.</summary>
    /// <exception cref="BootFailure">Nobody does, and somebody must.</exception>
    public void Admit(Image image)
    {
        if (image.IsTrusted || !IsConfigured) return;
        string name = ByteText.ToUnicode(image.Name);
        if (_isRequired) throw NotTrusted(name);
        Name(name);
    }

    /// <summary>Whether a program that is started may see an image beside it.</summary>
    public bool MayBeSeen(Image image) => image.IsTrusted || !_isRequired;

    /// <summary>Lets a program be started from a disk that is a file, as <see cref="Admit"/> does for images.</summary>
    /// <param name="name">The disk's.</param>
    /// <exception cref="BootFailure">Nobody vouches for it, and somebody must.</exception>
    public void AdmitDisk(string name)
    {
        if (_isRequired) throw NotTrusted(name);
    }

    /// <summary>Says that nobody vouches for something, where trust has been configured.</summary>
    public void Name(string what)
    {
        if (IsConfigured) console.Write($"UNVERIFIED: {what}\n");
    }

    private static BootFailure NotTrusted(string name) =>
        new(SignatureFailure.NotTrusted, $"Nobody vouches for {name}, and 'imgtrust' is in force");

    /// <summary>Refuses a file that is to be read in parts, where there is a manifest.</summary>
    public void RefuseParts(BootUri uri)
    {
        if (_manifest is null) return;
        throw new BootFailure(SignatureFailure.NotInManifest,
            $"{uri} is read in parts, for which no manifest can vouch: fetch it by --ram");
    }
}
