using System.Threading;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Boots what DHCP names, over one interface after the other (spec/ipxe-compat.md 4.6).</summary>
/// <param name="session">The session.</param>
/// <param name="console">Where it says what it does.</param>
/// <param name="ourselves">The URI we were loaded from: fetching that again would go round for ever.</param>
public sealed class Autoboot(BootSession session, IConsole console, BootUri? ourselves)
{
    /// <summary>Tries all interfaces; the status of the last.</summary>
    public async Task<Status> RunAsync(CancellationToken stop)
    {
        if (session.Ports.Ports.Count == 0) throw new BootFailure(ScriptFailure.NoInterfaces);
        Status status = default;
        foreach (InterfacePort port in session.Ports.Ports)
        {
            status = await Guard.RunAsync(session.Keyboard, console, inner => RunAsync(port, inner));
            if (status.IsSuccess || status.Code == ScriptFailure.Cancelled.Code) return status;
            stop.ThrowIfCancellationRequested();
        }
        console.Write("No more network devices\n");
        return status;
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
        BootUri uri = FindBootFile();
        if (ourselves is not null && uri.Text == ourselves.Text)
            throw new BootFailure(ImageFailure.IsOurselves, $"DHCP names {uri}, which is this loader itself");
        Image image = await session.Images.FetchAsync(uri, default, stop);
        return await session.Images.ExecuteAsync(image, session.Interpreter, stop);
    }

    /// <summary>The file name and the server of the same block.</summary>
    private BootUri FindBootFile()
    {
        if (!session.Settings.TryFind(SettingName.Parse("filename"), out FoundSetting found))
            throw new BootFailure(ImageFailure.NothingToBoot);
        string name = Expansion.Expand(ByteText.FromBytes(found.Value), session.Settings);
        if (name.Length == 0) throw new BootFailure(ImageFailure.NothingToBoot);
        string server = ServerOf(found.Origin);
        if (server.Length > 0) console.Write($"Next server: {server}\n");
        console.Write($"Filename: {ByteText.ToUnicode(name)}\n");
        return BootUri.FromServerAndFilename(server, ByteText.ToUnicode(name));
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
