using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The list of all commands: the one place to add a new one.</summary>
public static class StandardCommands
{
    /// <summary>Every command, over the parts of the machine they act on.</summary>
    public static CommandTable Create(ScriptHost host)
    {
        var table = new CommandTable();
        AddLanguage(table, host);
        AddScreens(table, host);
        AddMachine(table, host);
        AddNetwork(table, host);
        AddImages(table, host);
        AddTrust(table, host);
        AddDisks(table, host);
        return table;
    }

    private static void AddLanguage(CommandTable table, ScriptHost host)
    {
        SettingsStore settings = host.Settings;
        ITerminal terminal = host.Terminal;
        table.Add(
            new EchoCommand(terminal), new SetCommand(settings), new ClearCommand(settings),
            new ShowCommand(settings, terminal), new ReadCommand(settings, terminal), new IssetCommand(),
            new IseqCommand(), new IncCommand(settings), new GotoCommand(), new ExitCommand(),
            new SleepCommand(host.Clock), new TimeCommand(host.Clock, terminal), new PromptCommand(terminal),
            new ShellCommand(terminal), new HelpCommand(terminal));
        table.Add(UnsupportedCommand.CreateAll());
    }

    private static void AddScreens(CommandTable table, ScriptHost host)
    {
        var menus = new MenuShelf();
        table.Add(
            new MenuCommand("menu", menus), new MenuCommand("form", menus), new ItemCommand(menus),
            new ChooseCommand(menus, host.Settings, host.Terminal),
            new PresentCommand(menus, host.Settings, host.Terminal),
            new LoginCommand(host.Settings, host.Terminal), new ConfigCommand(host.Settings, host.Terminal),
            new ConsoleCommand(host.Display, host.Images, host.Terminal.Colours),
            new ColourCommand(host.Terminal.Colours),
            new CpairCommand(host.Terminal.Colours));
    }

    private static void AddMachine(CommandTable table, ScriptHost host)
    {
        table.Add(
            new RebootCommand(host.Machine), new PowerOffCommand(host.Machine), new SyncCommand(host.Pending));
        table.Add(new NtpCommand(host.TimeServers, host.Settings, host.Terminal));
        table.Add(
            new ScanCommand("pciscan", host.Settings, host.Buses.FindPci),
            new ScanCommand("usbscan", host.Settings, host.Buses.FindUsb));
        if (host.Buses.HasCpuid) table.Add(new CpuidCommand(host.Buses));
    }

    private static void AddNetwork(CommandTable table, ScriptHost host)
    {
        INetwork network = host.Network;
        ITerminal terminal = host.Terminal;
        table.Add(
            new DhcpCommand("dhcp", network, terminal), new DhcpCommand("ifconf", network, terminal),
            new IfopenCommand(network, terminal), new IfcloseCommand(network, terminal),
            new IfstatCommand(network, terminal), new IflinkwaitCommand(network, terminal),
            new VcreateCommand(network), new VdestroyCommand(network), new NstatCommand(network, terminal),
            new IpstatCommand(network, terminal),
            new PingCommand(network, host.Clock, terminal), new PxebsCommand(network),
            new LotestCommand(network, terminal),
            new AutobootCommand(network, host.NetworkBoot, terminal),
            new RouteCommand(network, terminal), new NslookupCommand(network, host.Settings),
            new TlsstatCommand(host.Tls, terminal));
    }

    private static void AddImages(CommandTable table, ScriptHost host)
    {
        IImages images = host.Images;
        IImageTrust trust = host.Trust;
        table.Add(
            new SelectCommand("kernel", images, trust), new SelectCommand("imgselect", images, trust),
            new SelectCommand("imgload", images, trust), new FetchCommand("initrd", images, trust),
            new FetchCommand("imgfetch", images, trust), new FetchCommand("module", images, trust),
            new ExecuteCommand("boot", images, trust), new ExecuteCommand("chain", images, trust),
            new ExecuteCommand("imgexec", images, trust), new ImgargsCommand(images, trust),
            new FdtCommand(images), new ShimCommand(images),
            new ImgstatCommand(images, trust, host.Terminal), new ImgfreeCommand(images), new ImgmemCommand(images),
            new ImgextractCommand(images), new ImgdecryptCommand(images, host.Decryption),
            new ImgsetCommand(images, host.Settings),
            new ParamsCommand(host.Parameters), new ParamCommand(host.Parameters));
        foreach (HashKind hash in (HashKind[])[HashKind.Md4, HashKind.Md5, HashKind.Sha1, HashKind.Sha224,
            HashKind.Sha256, HashKind.Sha384, HashKind.Sha512])
            table.Add(new DigestCommand(hash, images, trust, host.Settings, host.Terminal));
    }

    private static void AddTrust(CommandTable table, ScriptHost host)
    {
        table.Add(
            new ImgverifyCommand(host.Images, host.Trust), new ImgtrustCommand(host.Trust),
            new ManifestCommand(host.Trust),
            new CertstoreCommand(host.Images, host.Certificates, host.Settings, host.Terminal),
            new CertstatCommand(host.Certificates, host.Terminal), new CertfreeCommand(host.Certificates));
    }

    private static void AddDisks(CommandTable table, ScriptHost host) =>
        table.Add(
            new SanhookCommand(host.San), new SanbootCommand(host.San), new SanunhookCommand(host.San),
            new IscsiCommand(host.San, host.Settings, host.Terminal));
}
