using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.San;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Boots what DHCP names, over one interface after the other (spec/ipxe-compat.md 4.6).</summary>
/// <param name="session">The session.</param>
/// <param name="console">Where it says what it does.</param>
/// <param name="source">Where we were loaded from: that interface comes first.</param>
internal sealed class Autoboot(BootSession session, IConsole console, BootSource source) : INetworkBoot
{
    /// <summary>The URI we were loaded from: fetching that again would go round for ever.</summary>
    private readonly BootUri? _ourselves = FirmwareLease.FindOrigin(source);

    /// <inheritdoc/>
    public async Task<Status> BootAsync(IReadOnlyList<IInterface> interfaces, CancellationToken stop)
    {
        if (session.Ports.Ports.Count == 0) throw new BootFailure(ScriptFailure.NoInterfaces);
        Status status = default;
        foreach (InterfacePort port in interfaces.Count > 0 ? Ported(interfaces) : InOrder())
        {
            if (port.IsGone) continue;   // a VLAN that what was booted has destroyed
            status = await Guard.RunAsync(session.Keyboard, console, inner => RunAsync(port, inner));
            if (status.IsSuccess || status.Code == ScriptFailure.Cancelled.Code) return status;
            stop.ThrowIfCancellationRequested();
        }
        console.Write("No more network devices\n");
        return status;
    }

    /// <summary>All of them, copied: what is booted may make and destroy VLANs.</summary>
    private List<InterfacePort> InOrder()
    {
        var ports = new List<InterfacePort>(session.Ports.Ports);
        if (FirmwareLease.FindPort(source, session.Ports) is not { } first) return ports;
        ports.Remove(first);
        ports.Insert(0, first);
        return ports;
    }

    private static List<InterfacePort> Ported(IReadOnlyList<IInterface> interfaces)
    {
        var ports = new List<InterfacePort>();
        foreach (IInterface one in interfaces) ports.Add((InterfacePort)one);
        return ports;
    }

    private async Task<Status> RunAsync(InterfacePort port, CancellationToken stop)
    {
        foreach (InterfacePort other in session.Ports.Ports)
        {
            if (other != port) other.Close();
        }
        port.Open();
        console.Write(port.Describe());
        await port.ConfigureAsync(Configurator.Any, 0, stop);
        BootUri? file = FindBootFile();
        string? rootPath = FindRootPath(file);
        if (file is null && rootPath is null) throw new BootFailure(ImageFailure.NothingToBoot);
        if (rootPath is null) return await BootFileAsync(file!, stop);

        var hook = new SanHook { RootPaths = [rootPath] };
        await session.San.HookAsync(hook, stop);
        try
        {
            return await BootWithDiskAsync(file, stop);
        }
        finally
        {
            if (!session.San.Wishes.KeepsDrives) await session.San.UnhookAsync(null);
        }
    }

    /// <summary>The file first, then the disk: DHCP may name an installer together with the disk it installs
    /// to.</summary>
    private async Task<Status> BootWithDiskAsync(BootUri? file, CancellationToken stop)
    {
        Status status = default;
        if (file is not null)
        {
            status = await Guard.RunAsync(session.Keyboard, console, inner => BootFileAsync(file, inner));
            if (status.IsSuccess || status.Code == ScriptFailure.Cancelled.Code) return status;
        }
        if (session.San.Wishes.SkipsBoot)
        {
            console.Write("skip-san-boot is set: the disk stays hooked and is not booted from\n");
            return status;
        }
        var boot = new SanBoot
        {
            Hook = new SanHook { Drive = session.San.Wishes.DefaultDrive, RootPaths = [] },
            FileName = session.San.Wishes.FileName is { } name ? ByteText.FromUnicode(name) : null,
        };
        return await session.San.BootAsync(boot, stop);
    }

    private async Task<Status> BootFileAsync(BootUri uri, CancellationToken stop)
    {
        if (_ourselves is not null && uri.Text == _ourselves.Text)
            throw new BootFailure(ImageFailure.IsOurselves, $"DHCP names {uri}, which is this loader itself");
        Image image = await session.Images.FetchAsync(uri, default, stop);
        return await session.Images.ExecuteAsync(image, session.Interpreter, stop);
    }

    /// <summary>The file name and the server of the same block; null: none is named.</summary>
    private BootUri? FindBootFile()
    {
        if (Find("filename", out SettingsBlock? origin) is not { } name) return null;
        foreach (string better in (ReadOnlySpan<string>)["proxydhcp", "pxebs"])
        {
            // What a script has set counts most, then who was asked last.
            if (origin is not DhcpBlock || session.Settings.Root.FindChild(better) is not { } block) continue;
            if (Find($"{better}/filename", out SettingsBlock? found) is { } text && found == block)
                (name, origin) = (text, found);
        }
        string server = ServerOf(origin!);
        if (server.Length > 0) console.Write($"Next server: {server}\n");
        console.Write($"Filename: {name}\n");
        return BootUri.FromServerAndFilename(server, name);
    }

    /// <summary>The disk to hook; null: none. A root path that is not for us, as an NFS export for the kernel, does not
    /// count where there is a file.</summary>
    private string? FindRootPath(BootUri? file)
    {
        if (Find("root-path", out _) is not { } rootPath) return null;
        console.Write($"Root path: {rootPath}\n");
        if (SanDrives.IsUsable(rootPath)) return ByteText.FromUnicode(rootPath);
        if (file is null)
            throw new BootFailure(SanFailure.UnknownDiskScheme, $"'{rootPath}' is no root path we can open");
        console.Write("It names no disk we can open, and is ignored\n");
        return null;
    }

    private string? Find(string name, out SettingsBlock? origin)
    {
        origin = null;
        if (!session.Settings.TryFind(SettingName.Parse(name), out FoundSetting found)) return null;
        origin = found.Origin;
        string text = Expansion.Expand(ByteText.FromBytes(found.Value), session.Settings);
        return text.Length > 0 ? ByteText.ToUnicode(text) : null;
    }

    private static string ServerOf(SettingsBlock block)
    {
        SettingKey key = DeclaredSettings.Resolve("next-server", null);
        if (block.TryFetch(key, out StoredSetting stored)
            && SettingTypes.Ipv4.TryFormat(stored.Value, out string server))
            return server;
        return block is DhcpBlock lease ? lease.BootServer : "";
    }
}
