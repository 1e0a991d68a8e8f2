namespace Bootlace.Script;

/// <summary>The list of all commands: the one place to add a new one.</summary>
public static class StandardCommands
{
    /// <summary>Every command, over the parts of the machine they act on.</summary>
    public static CommandTable Create(
        SettingsStore settings, ITerminal terminal, IScriptClock clock, IImages images, INetwork network,
        IMachine machine, ISan san)
    {
        var table = new CommandTable();
        table.Add(
            new EchoCommand(terminal), new SetCommand(settings), new ClearCommand(settings),
            new ShowCommand(settings, terminal), new ReadCommand(settings, terminal), new IssetCommand(),
            new IseqCommand(), new IncCommand(settings), new GotoCommand(), new ExitCommand());
        table.Add(
            new SleepCommand(clock), new PromptCommand(terminal), new ShellCommand(terminal), new HelpCommand(terminal),
            new RebootCommand(machine), new PowerOffCommand(machine));
        table.Add(
            new DhcpCommand("dhcp", network, terminal), new DhcpCommand("ifconf", network, terminal),
            new IfopenCommand(network, terminal), new IfcloseCommand(network, terminal),
            new IfstatCommand(network, terminal));
        table.Add(
            new SelectCommand("kernel", images), new SelectCommand("imgselect", images),
            new SelectCommand("imgload", images), new FetchCommand("initrd", images),
            new FetchCommand("imgfetch", images), new FetchCommand("module", images),
            new ExecuteCommand("boot", images), new ExecuteCommand("chain", images),
            new ExecuteCommand("imgexec", images));
        table.Add(
            new SanhookCommand(san), new SanbootCommand(san), new SanunhookCommand(san),
            new IscsiCommand(san, settings, terminal));
        table.Add(new ImgargsCommand(images), new ImgstatCommand(images, terminal), new ImgfreeCommand(images));
        return table;
    }
}
