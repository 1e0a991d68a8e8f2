using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>What the commands that take "URI or image" share: their options, fetching, and the arguments that become
/// the image's command line (spec/ipxe-compat.md 2.1).</summary>
public abstract class ImageCommand(
    string name, IImages images, IImageTrust trust, string argumentsText, int argumentsMin, Option[] options)
    : Command(name, argumentsText, argumentsMin, Unlimited, options)
{
    /// <summary>--name.</summary>
    internal static readonly Option NameOption = new("name", 'n', "name");
    /// <summary>--timeout.</summary>
    internal static readonly Option Timeout = new("timeout", 't', "milliseconds");
    /// <summary>--quiet.</summary>
    internal static readonly Option Quiet = new("quiet", 'q');
    /// <summary>--autofree.</summary>
    internal static readonly Option AutoFree = new("autofree", 'a');
    /// <summary>--keep.</summary>
    internal static readonly Option Keep = new("keep", 'k');
    /// <summary>--sha256.</summary>
    protected static readonly Option Sha256 = new("sha256", 's', "digest");
    /// <summary>--replace.</summary>
    protected static readonly Option Replace = new("replace", 'r');

    /// <summary>The images.</summary>
    protected IImages Images { get; } = images;

    /// <summary>Downloads the first argument and gives it the others as its command line, if there are any.</summary>
    protected async Task<IImage> FetchAsync(CommandCall call, bool isModule, CancellationToken stop)
    {
        long timeoutMs = call.Milliseconds(Timeout);
        var wishes = new FetchWishes(
            call.Text(NameOption), timeoutMs, call.Has(Quiet), isModule, ReadDigest(call));
        IImage image = await Images.FetchAsync(call.Arguments[0], wishes, stop);
        Dress(call, image);
        return image;
    }

    /// <summary>Takes the image of that name, or downloads it.</summary>
    protected async Task<IImage> AcquireAsync(CommandCall call, CancellationToken stop)
    {
        if (Find(Images, call.Arguments[0]) is not { } image) return await FetchAsync(call, isModule: false, stop);
        byte[] digest = ReadDigest(call);
        if (digest.Length > 0) await trust.RequireDigestAsync(image, digest, stop);
        Dress(call, image);
        return image;
    }

    /// <summary>Takes the image of that name, or downloads it: of commands that do no more with it.</summary>
    internal static async Task<IImage> AcquireAsync(
        IImages images, string argument, FetchWishes wishes, CancellationToken stop) =>
        Find(images, argument) ?? await images.FetchAsync(argument, wishes, stop);

    /// <summary>What --timeout and --quiet ask for.</summary>
    internal static FetchWishes WishesOf(CommandCall call, bool isModule) =>
        new(null, call.Milliseconds(Timeout), call.Has(Quiet), isModule);

    /// <summary>The first image of that name, or null.</summary>
    internal static IImage? Find(IImages images, string name)
    {
        foreach (IImage image in images.All)
        {
            if (image.Name == name) return image;
        }
        return null;
    }

    /// <summary>The first image of that name.</summary>
    internal static IImage Require(IImages images, string name) => Find(images, name)
        ?? throw new BootFailure(ScriptFailure.NoSuchImage, $"There is no image '{ByteText.ToUnicode(name)}'");

    /// <summary>The digest after --sha256; empty: not given. An empty word is refused: the variable that should have
    /// held the digest has no value.</summary>
    private static byte[] ReadDigest(CommandCall call)
    {
        if (call.Text(Sha256) is not { } text) return [];
        byte[] digest = new byte[HashKinds.DigestBytesOf(HashKind.Sha256)];
        if (HexDigits.TryRead(ByteText.ToBytes(text), digest)) return digest;
        throw new BootFailure(ScriptFailure.BadDigest, $"'{ByteText.ToUnicode(text)}' is not a SHA-256 digest");
    }

    private static void Dress(CommandCall call, IImage image)
    {
        if (call.Arguments.Count > 1) image.CommandLine = call.Joined(1);
        if (call.Has(AutoFree)) image.IsAutoFree = true;
    }
}
