using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>md5sum</c>, <c>sha256sum</c> and so on: prints the digests of images, or stores them in a setting
/// (spec/ipxe-compat.md 2.1).</summary>
public sealed class DigestCommand(
    HashKind hash, IImages images, IImageTrust trust, SettingsStore settings, ITerminal terminal)
    : Command(NameOf(hash), "<uri|image>...", 1, Unlimited, [Set])
{
    private static readonly Option Set = new("set", 's', "setting");

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        foreach (string argument in call.Arguments)
        {
            IImage image = await ImageCommand.AcquireAsync(images, argument, default, stop);
            byte[] digest = await trust.DigestAsync(image, hash, stop);
            if (call.Text(Set) is { } setting) settings.StoreBytes(setting, digest, SettingTypes.HexRaw);
            else terminal.Write($"{HexDigits.Write(digest)}  {image.Name}\n");
        }
        return Status.Success;
    }

    private static string NameOf(HashKind hash) => hash switch
    {
        HashKind.Md4 => "md4sum",
        HashKind.Md5 => "md5sum",
        HashKind.Sha1 => "sha1sum",
        HashKind.Sha224 => "sha224sum",
        HashKind.Sha384 => "sha384sum",
        HashKind.Sha512 => "sha512sum",
        _ => "sha256sum",
    };
}
