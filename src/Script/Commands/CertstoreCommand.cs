using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>certstore</c>: adds certificates from a file, an image or a setting. As in iPXE they only may stand
/// between a certificate and a root, unless <c>--trust</c> makes them roots.</summary>
public sealed class CertstoreCommand(
    IImages images, ICertificates certificates, SettingsStore settings, ITerminal terminal)
    : Command("certstore", "[<uri|image|setting>]", 0, 1, [CertstatCommand.Subject, Keep, Trust])
{
    private const string DefaultSetting = "cert";

    private static readonly Option Keep = new("keep", 'k');
    private static readonly Option Trust = new("trust", 't');

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        string? subject = call.Text(CertstatCommand.Subject);
        bool isTrusted = call.Has(Trust);
        string source = call.Arguments.Count > 0 ? call.Arguments[0] : DefaultSetting;
        IImage? image = call.Arguments.Count > 0 ? ImageCommand.Find(images, source) : null;
        int count;
        if (image is null && TryFind(source, isTrusted, out byte[] value))
        {
            count = certificates.Add(value, subject, isTrusted);
        }
        else if (image is null && call.Arguments.Count == 0)
        {
            throw new BootFailure(ScriptFailure.NoCertificateSetting);
        }
        else
        {
            image ??= await images.FetchAsync(source, new FetchWishes(null, 0, IsQuiet: false, IsModule: false), stop);
            count = certificates.Add(image, subject, isTrusted);
            if (!call.Has(Keep)) images.Free(image);
        }
        string what = isTrusted ? "trusted" : "added, not trusted";
        terminal.Write($"{count} certificate{(count == 1 ? "" : "s")} {what}\n");
        return Status.Success;
    }

    /// <summary>A setting. Nobody is trusted because a lease says so, unless the script names the lease.</summary>
    private bool TryFind(string source, bool isTrusted, out byte[] value)
    {
        SettingName name = SettingName.Parse(source);
        bool isFound = settings.TryFind(name, out FoundSetting found);
        value = isFound ? found.Value : [];
        return isFound && (!isTrusted || name.Scope.Length > 0 || found.Origin == settings.Root);
    }
}
