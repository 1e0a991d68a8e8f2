using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>The loader above the network: settings, images, script, shell, wired together. One is made per start, run,
/// and its status given to the firmware.</summary>
public sealed class BootSession
{
    private readonly BootParts _parts;

    /// <summary>Wires everything; nothing is started yet.</summary>
    public BootSession(BootParts parts)
    {
        _parts = parts;
        Settings = new SettingsStore();
        Keyboard = new Keyboard(parts.Console, parts.Pump);
        Terminal = new ScriptTerminal(parts.Console, Keyboard);
        var display = new ProgressDisplay(parts.Console, parts.Pump);
        Images = new ImageStore(parts.Firmware, parts.Network, parts.Fetcher, display, parts.Pump);
        Ports = new NetworkPorts(parts.Network, Settings, parts.Console, parts.Pump, parts.RequestLease);
        var clock = new SessionClock(parts.Pump);
        CommandTable commands = StandardCommands.Create(
            Settings, Terminal, clock, Images, Ports, new Machine(parts.Firmware));
        Interpreter = new Interpreter(commands, Settings, Terminal, clock);
        Settings.Register(MakeBuiltin(), Settings.Root);
    }

    /// <summary>All settings.</summary>
    public SettingsStore Settings { get; }

    /// <summary>The interpreter.</summary>
    public Interpreter Interpreter { get; }

    /// <summary>The fetched files.</summary>
    public ImageStore Images { get; }

    internal NetworkPorts Ports { get; }
    internal Keyboard Keyboard { get; }
    internal ScriptTerminal Terminal { get; }

    /// <summary>Starts up, runs whatever is to be run and returns the EFI status to leave with (spec/ipxe-compat.md
    /// 7.7).
    /// </summary>
    public ulong Run()
    {
        Pump pump = _parts.Pump;
        pump.Add(Keyboard);
        try
        {
            return ExitStatus.ToEfi(pump.Run(() => new StartUp(_parts, this).RunAsync()));
        }
        finally
        {
            pump.Remove(Keyboard);
        }
    }

    private ComputedBlock MakeBuiltin()
    {
        var builtin = new ComputedBlock("builtin", DeclaredSettings.Builtin);
        builtin.Add("errno", () => SettingTypes.Uint32.FromNumber(Interpreter.ErrorNumber));
        builtin.Add("buildarch", () => SettingTypes.String.Parse(_parts.Firmware.BuildArchitecture));
        builtin.Add("platform", () => SettingTypes.String.Parse("efi"));
        builtin.Add("version", () => SettingTypes.String.Parse(_parts.Version));
        builtin.Add("cwuri", () => TextOf(Images.WorkingUri?.Text));
        builtin.Add("cwduri", () => TextOf(FolderOf(Images.WorkingUri)));
        return builtin;
    }

    private static byte[]? TextOf(string? text) =>
        text is null ? null : SettingTypes.String.Parse(ByteText.FromUnicode(text));

    private static string? FolderOf(BootUri? uri)
    {
        if (uri is null) return null;
        string text = uri.Text;
        int end = text.IndexOfAny(['?', '#']);
        if (end >= 0) text = text.Substring(0, end);
        return text.Substring(0, text.LastIndexOf('/') + 1);
    }
}
