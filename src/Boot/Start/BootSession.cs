using System;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Transfer;

namespace Bootlace.Boot;

/// <summary>The loader above the network: settings, images, script, shell, wired together. One is made per start, run,
/// and its status given to the firmware.</summary>
public sealed class BootSession
{
    private readonly BootParts _parts;
    private readonly LogServers? _log;

    /// <summary>Wires everything; nothing is started yet.</summary>
    public BootSession(BootParts parts)
    {
        _parts = parts;
        Settings = new SettingsStore();
        HardwareBlocks.Register(Settings, parts.Hardware);
        Keyboard = new Keyboard(parts.Console, parts.Pump);
        Terminal = new ScriptTerminal(parts.Console, parts.Log?.Screen ?? parts.Console, Keyboard);
        var display = new ProgressDisplay(parts.Console, parts.Pump);
        var policy = new TrustPolicy(parts.Console);
        var parameters = new ParameterShelf();
        Images = new ImageStore(parts, display, policy, parameters);
        var trust = new ImageTrust(
            policy, Images, new SignatureVerifier(parts.Trust), parts.VerifySigner, parts.Console, parts.Pump);
        Ports = new NetworkPorts(
            parts.Network, Settings, parts.Console, parts.Pump, parts.RequestLease, parts.Resolve,
            new CardPlaces(parts.Hardware, parts.PciAddressOf))
        {
            RequestBootServer = parts.RequestBootServer,
        };
        Images.CardInUse = () => (Ports.LastOpened as InterfacePort)?.Card.Device;
        var clock = new SessionClock(parts.Pump);
        San = new SanDrives(parts, Settings, new DiskFetcher(parts, Images, display, policy));
        var pending = new PendingWork(parts.Pump, San);
        NetworkBoot = new Autoboot(this, parts.Console, parts.Source);
        CommandTable commands = StandardCommands.Create(new ScriptHost
        {
            Settings = Settings,
            Terminal = Terminal,
            Display = new Display(parts.Graphics, parts.Firmware),
            Clock = clock,
            Images = Images,
            Parameters = parameters,
            Network = Ports,
            NetworkBoot = NetworkBoot,
            Machine = new Machine(parts.Firmware),
            Buses = new Buses(parts.Hardware),
            Pending = pending,
            San = San,
            Trust = trust,
            Decryption = new ImageDecryption(
                Images, new EnvelopeOpener(Settings, parts.Trust), display, parts.Pump),
            Certificates = new CertificateShelf(parts.Trust, policy),
            TimeServers = new TimeServers(parts.Time, parts.AskTime),
            Tls = parts.TlsConnections,
        });
        Interpreter = new Interpreter(commands, Settings, Terminal, clock);
        Settings.Register(MakeBuiltin(), Settings.Root);
        Settings.AddApplier(new TrustSettings(Settings, parts.Trust, parts.Revocation).Apply);
        Settings.AddApplier(new KeymapSetting(Settings, parts.Console, parts.UseKeymap).Apply);
        Settings.AddApplier(new DateSetting(Settings, parts.Time).Apply);
        if (parts.Log is null || parts.LogConnector is null) return;
        _log = new LogServers(parts, Settings, parts.Log, parts.LogConnector);
        Settings.AddApplier(_log.Apply);
        Images.HandingOver = San.HandingOver = pending.SettleLog = _log.SettleAsync;
    }

    /// <summary>All settings.</summary>
    public SettingsStore Settings { get; }

    /// <summary>The interpreter.</summary>
    public Interpreter Interpreter { get; }

    /// <summary>The fetched files.</summary>
    public ImageStore Images { get; }

    /// <summary>The network's interfaces.</summary>
    public NetworkPorts Ports { get; }

    internal SanDrives San { get; }
    internal INetworkBoot NetworkBoot { get; }
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
            ulong status = ExitStatus.ToEfi(pump.Run(RunAsync));
            if (San.MustReset) ResetInstead();
            return status;
        }
        finally
        {
            pump.Remove(Keyboard);
        }
    }

    private async Task<Status> RunAsync()
    {
        Status status = await new StartUp(_parts, this).RunAsync();
        await San.CloseAsync();
        if (_log is not null) await _log.SettleAsync(ImageStore.FarewellMax);
        return status;
    }

    /// <summary>What the firmware keeps of our disks points into memory that is freed when we leave (facts/firmware.md
    /// 3).</summary>
    private void ResetInstead()
    {
        _parts.Console.Write($"{_parts.Firmware.Vendor} keeps what it knows of the network disks: "
            + "resetting the machine instead of returning to it\n");
        _parts.Firmware.Reset(ResetKind.Cold);
    }

    private ComputedBlock MakeBuiltin()
    {
        var builtin = new ComputedBlock("builtin", DeclaredSettings.Builtin);
        builtin.Add("errno", () => SettingTypes.Uint32.FromNumber(Interpreter.ErrorNumber));
        builtin.Add("buildarch", () => SettingTypes.String.Parse(_parts.Firmware.BuildArchitecture));
        builtin.Add("platform", () => SettingTypes.String.Parse("efi"));
        builtin.Add("version", () => SettingTypes.String.Parse(_parts.Version));
        builtin.Add(
            DateSetting.Name, () => SettingTypes.Uint32.FromNumber(_parts.Time.UnixSeconds),
            value => DateSetting.Set(_parts.Time, value));
        builtin.Add("dmesg", () => TextOf(_parts.Log?.Memory.ToString()));
        builtin.Add("sysmac", new AcpiTables(_parts.Hardware).FindStationAddress);
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
