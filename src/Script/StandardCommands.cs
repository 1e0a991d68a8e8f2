using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>The list of all commands: the one place to add a new one.</summary>
public static class StandardCommands
{
    /// <summary>Every command, over the parts of the machine they act on.</summary>
    public static CommandTable Create(
        SettingsStore settings, ITerminal terminal, IScriptClock clock, IImages images, INetwork network,
        IMachine machine, ISan san, IImageTrust trust, ICertificates certificates, ITimeServers timeServers,
        ITlsConnections tls)
    {
        var table = new CommandTable();
        table.Add(
            new EchoCommand(terminal), new SetCommand(settings), new ClearCommand(settings),
            new ShowCommand(settings, terminal), new ReadCommand(settings, terminal), new IssetCommand(),
            new IseqCommand(), new IncCommand(settings), new GotoCommand(), new ExitCommand());
        var menus = new MenuShelf();
        table.Add(
            new MenuCommand("menu", menus), new MenuCommand("form", menus), new ItemCommand(menus),
            new ChooseCommand(menus, settings, terminal), new PresentCommand(menus, settings, terminal),
            new LoginCommand(settings, terminal), new ColourCommand(terminal.Colours),
            new CpairCommand(terminal.Colours));
        table.Add(
            new SleepCommand(clock), new TimeCommand(clock, terminal),
            new PromptCommand(terminal), new ShellCommand(terminal), new HelpCommand(terminal),
            new RebootCommand(machine), new PowerOffCommand(machine));
        table.Add(
            new DhcpCommand("dhcp", network, terminal), new DhcpCommand("ifconf", network, terminal),
            new IfopenCommand(network, terminal), new IfcloseCommand(network, terminal),
            new IfstatCommand(network, terminal), new IflinkwaitCommand(network, terminal),
            new RouteCommand(network, terminal), new NslookupCommand(network, settings));
        table.Add(
            new SelectCommand("kernel", images, trust), new SelectCommand("imgselect", images, trust),
            new SelectCommand("imgload", images, trust), new FetchCommand("initrd", images, trust),
            new FetchCommand("imgfetch", images, trust), new FetchCommand("module", images, trust),
            new ExecuteCommand("boot", images, trust), new ExecuteCommand("chain", images, trust),
            new ExecuteCommand("imgexec", images, trust));
        table.Add(
            new SanhookCommand(san), new SanbootCommand(san), new SanunhookCommand(san),
            new IscsiCommand(san, settings, terminal));
        table.Add(
            new ImgargsCommand(images, trust), new ImgstatCommand(images, trust, terminal),
            new ImgfreeCommand(images), new ImgverifyCommand(images, trust), new ImgtrustCommand(trust),
            new ManifestCommand(trust));
        table.Add(
            new CertstoreCommand(images, certificates, settings, terminal),
            new CertstatCommand(certificates, terminal), new CertfreeCommand(certificates),
            new NtpCommand(timeServers, settings, terminal), new TlsstatCommand(tls, terminal));
        foreach (HashKind hash in (HashKind[])[HashKind.Md5, HashKind.Sha1, HashKind.Sha224, HashKind.Sha256,
            HashKind.Sha384, HashKind.Sha512])
            table.Add(new DigestCommand(hash, images, trust, settings, terminal));
        return table;
    }
}
