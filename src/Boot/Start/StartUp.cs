using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The order of things at start (spec/ipxe-compat.md 1.10 and 7.2): banner, the firmware's lease, the first
/// script there is, else the prompt's window and what DHCP names.</summary>
internal sealed class StartUp(BootParts parts, BootSession session)
{
    private const string PromptOffer = "Press Ctrl-B for the iPXE command line...";
    private const long PromptOfferMs = 2000;
    private const string AutoexecName = "autoexec.ipxe";
    private const long AutoexecTimeoutMs = 30_000;
    private const uint CryptoArea = 0x0c;   // a server that is not believed has not said that there is none

    private BootUri? _origin;

    /// <summary>Runs all of it; the status to leave with.</summary>
    public async Task<Status> RunAsync()
    {
        parts.Console.Write($"\nBootlace {parts.Version} -- UEFI network boot\nFeatures: {parts.Features}\n\n");
        bool isOnline = FirmwareLease.Adopt(parts.Source, session.Ports);
        _origin = FirmwareLease.FindOrigin(parts.Source);
        session.Images.WorkingUri = _origin;

        Image? first = FindOwnScript();
        Status status = default;
        if (first is null) status = await GuardAsync(async stop => first = await FindAutoexecAsync(isOnline, stop));
        if (first is not null) status = await GuardAsync(stop => RunFirstAsync(first, stop));
        else if (await OfferShellAsync() is { } early) return early;
        else status = await GuardAsync(BootFromNetworkAsync);
        return await OfferShellAsync() ?? status;
    }

    private async Task<Status> RunFirstAsync(Image first, CancellationToken stop) =>
        await session.Images.ExecuteAsync(first, session.Interpreter, stop);

    private async Task<Status> BootFromNetworkAsync(CancellationToken stop)
    {
        if (session.Settings.TryFormat("scriptlet", out string scriptlet) && scriptlet.Length > 0)
            return await session.Interpreter.RunSingleLineAsync(scriptlet, new ScriptFrame(null));
        return await session.NetworkBoot.BootAsync([], stop);
    }

    /// <summary>The embedded script, or the text the firmware gave us.</summary>
    private Image? FindOwnScript()
    {
        if (parts.EmbeddedScript.Length > 0) return Register("<EMBEDDED>", parts.EmbeddedScript.Span);
        string line = parts.Source.LoadOptions.Trim();
        if (line.Length == 0) return null;
        return Register("<CMDLINE>", ByteText.ToBytes("#!ipxe\n" + ByteText.FromUnicode(line)));
    }

    /// <summary>autoexec.ipxe beside the loader or at the root of where it came from. That there is none is the normal
    /// case and goes without a word.</summary>
    private async Task<Image?> FindAutoexecAsync(bool isOnline, CancellationToken stop)
    {
        if (_origin is null) return null;
        bool isLocal = _origin.Scheme == "file";
        if (!isLocal && !isOnline) return null;
        var wishes = new FetchWishes(AutoexecName, AutoexecTimeoutMs, IsQuiet: true, IsModule: false);
        BootUri beside = BootUri.Parse(AutoexecName).ResolveAgainst(_origin);
        BootUri atRoot = BootUri.Parse("/" + AutoexecName).ResolveAgainst(_origin);
        Image? found = await TryFetchAsync(beside, wishes, stop);
        if (found is null && atRoot.Text != beside.Text) found = await TryFetchAsync(atRoot, wishes, stop);
        return found;
    }

    private async Task<Image?> TryFetchAsync(BootUri uri, FetchWishes wishes, CancellationToken stop)
    {
        try
        {
            Image image = await session.Images.FetchAsync(uri, wishes, stop);
            if (image.SizeBytes > 0) return image;
            session.Images.Free(image);
        }
        catch (BootFailure failure)
        {
            bool isAbsent = (failure.Kind.Code >> 16 & 0xff) != CryptoArea
                && failure.Kind.Code >> 24 is ErrorNumber.NoEntry or ErrorNumber.AccessDenied
                    or ErrorNumber.NotPermitted;
            if (!isAbsent) parts.Console.Write($"No {AutoexecName}: {failure.Describe()}\n");
        }
        return null;
    }

    private Image Register(string name, ReadOnlySpan<byte> script)
    {
        var content = new ImageContent(parts.Firmware);
        content.Append(script);
        Image image = session.Images.Register(name, null, content);
        image.IsTrusted = true;   // whoever gave it to us could have given us another loader
        return image;
    }

    /// <summary>Two seconds in which Ctrl-B opens the shell; null: it was not pressed.</summary>
    private async Task<Status?> OfferShellAsync()
    {
        parts.Console.Write(PromptOffer);
        Key? key = null;
        using (Interruption interruption = session.Keyboard.BeginInterruptible())
        {
            try
            {
                key = await session.Keyboard.ReadAsync(PromptOfferMs, interruption.Token);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C only shortens the wait.
            }
        }
        parts.Console.Write("\n");
        if (key != Key.CtrlB) return null;
        return await new Shell(session.Interpreter, session.Terminal).RunAsync(CancellationToken.None);
    }

    /// <summary>Runs something as if it were a command: what it throws is printed and becomes its status.</summary>
    private Task<Status> GuardAsync(Func<CancellationToken, Task<Status>> work) =>
        Guard.RunAsync(session.Keyboard, parts.Console, work);

    private async Task<Status> GuardAsync(Func<CancellationToken, Task> work) =>
        await GuardAsync(async stop =>
        {
            await work(stop);
            return Status.Success;
        });
}
