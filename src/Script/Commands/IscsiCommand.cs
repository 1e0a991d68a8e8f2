using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary><c>iscsi discover</c>: lists the targets of an iSCSI server, and leaves them in the settings
/// <c>iscsi/targets</c> (all names), <c>iscsi/target-count</c>, <c>iscsi/target0</c> and <c>iscsi/portal0</c>, and so
/// on: a script can go through them.</summary>
public sealed class IscsiCommand(ISan san, SettingsStore settings, ITerminal terminal)
    : Command("iscsi", "discover <server>[:<port>]", 2, 2, [])
{
    /// <summary>The settings block.</summary>
    public const string BlockName = "iscsi";

    private const ushort DefaultPort = 3260;

    /// <inheritdoc/>
    public override async ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop)
    {
        if (call.Arguments[0] != "discover")
        {
            throw new BootFailure(
                ScriptFailure.UnknownVerb, $"iscsi: there is no '{ByteText.ToUnicode(call.Arguments[0])}'");
        }
        (string server, ushort port) = ReadServer(call.Arguments[1]);
        IReadOnlyList<SanTarget> targets = await san.DiscoverAsync(server, port, stop);
        foreach (SanTarget target in targets)
        {
            string portals = target.Portals.Count > 0 ? " at " + ByteText.Join(target.Portals, 0) : "";
            terminal.Write($"{target.Name}{portals}\n");
        }
        Store(targets);
        return targets.Count > 0 ? Status.Success : throw new BootFailure(
            ScriptFailure.NoTargets, $"{ByteText.ToUnicode(call.Arguments[1])} offers no target to us");
    }

    private void Store(IReadOnlyList<SanTarget> targets)
    {
        var block = new PlainBlock(BlockName);
        Store(block, "target-count", $"{targets.Count}");
        var names = new List<string>();
        for (int i = 0; i < targets.Count; i++)
        {
            names.Add(targets[i].Name);
            Store(block, $"target{i}", targets[i].Name);
            if (targets[i].Portals.Count > 0) Store(block, $"portal{i}", targets[i].Portals[0]);
        }
        if (names.Count > 0) Store(block, "targets", ByteText.Join(names, 0));
        settings.Register(block, settings.Root);
    }

    private static void Store(PlainBlock block, string name, string text) =>
        block.Store(new SettingKey(name, 0, null, SettingTypes.String), SettingTypes.String.Parse(text));

    /// <summary>An IPv6 address stands in brackets where a port follows it.</summary>
    private static (string Server, ushort Port) ReadServer(string text)
    {
        int colon = text.LastIndexOf(':');
        bool isBracketed = text.StartsWith('[');
        bool isBareIpv6 = !isBracketed && colon != text.IndexOf(':');
        if (isBareIpv6 || (isBracketed && text.EndsWith(']'))) colon = -1;
        string server = colon < 0 ? text : text.Substring(0, colon);
        if (isBracketed && server.EndsWith(']')) server = server.Substring(1, server.Length - 2);
        ushort port = DefaultPort;
        bool isPort = colon < 0 || (ushort.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0);
        if (server.Length > 0 && isPort) return (server, port);
        throw new BootFailure(ScriptFailure.BadServer, $"'{ByteText.ToUnicode(text)}' is not a server and port");
    }
}
