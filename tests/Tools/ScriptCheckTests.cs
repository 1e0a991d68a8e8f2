using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Harness;
using Bootlace.Script;
using Bootlace.ScriptCheck;
using Xunit;

namespace Bootlace.Tests.Tools;

/// <summary>Protects `script check`: it names what the loader would refuse, where that stands, and nothing else.
/// </summary>
public sealed class ScriptCheckTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Repository.Root, "tests", "Script", "Samples");

    private readonly string _folder = Directory.CreateTempSubdirectory("bootlace-check-").FullName;

    /// <summary>The scripts that are like those in use.</summary>
    public static TheoryData<string> SampleNames =>
        [.. Directory.GetFiles(Samples).Select(it => Path.GetFileName(it)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nosuch a b", "2:1: there is no command 'nosuch'")]
    [InlineData("\n\t  nosuch", "3:4: there is no command 'nosuch'")]
    [InlineData("echo ö && nosuch", "2:11: there is no command 'nosuch'")]
    [InlineData(":here  nosuch", "2:8: there is no command 'nosuch'")]
    [InlineData("echo a \\\n b && nosuch", "3:7: there is no command 'nosuch'")]
    [InlineData("echo a \\\r\n b \\\r\n  && nosuch\r", "4:6: there is no command 'nosuch'")]
    [InlineData("echo \\\n\\\nnosuch ; nosuch", "4:10: there is no command 'nosuch'")]
    [InlineData("nosuch || echo none", "2:1: warning: there is no command 'nosuch' (the line goes on)")]
    [InlineData("nosuch ||", "2:1: warning: there is no command 'nosuch' (the line goes on)")]
    [InlineData("nosuch ; echo on", "2:1: warning: there is no command 'nosuch' (the line goes on)")]
    [InlineData("nosuch && echo none", "2:1: there is no command 'nosuch'")]
    [InlineData("echo a || nosuch", "2:11: there is no command 'nosuch'")]
    [InlineData("time nosuch", "2:6: there is no command 'nosuch'")]
    [InlineData("time sleep", "2:6: sleep: too few arguments; usage: sleep <seconds>")]
    [InlineData("prompt --key\n", "2:8: prompt: Option '--key' needs a value")]
    [InlineData("prompt --key -t 5 text\n", "2:14: prompt: Option '--key' needs a value")]
    [InlineData("prompt --keys a text", "2:8: prompt: Unknown option '--keys'")]
    [InlineData("prompt --keys=${k} text", "2:8: prompt: Unknown option '--keys'")]
    [InlineData("item --gap ----- text", "2:12: item: Unknown option '-----'")]
    [InlineData("item --gap=yes text", "2:6: item: Option '--gap' takes no value")]
    [InlineData("chain -arx script", "2:7: chain: Unknown option '-x'")]
    [InlineData("echo -a", "2:6: echo: Unknown option '-a'")]
    [InlineData("sleep", "2:1: sleep: too few arguments; usage: sleep <seconds>")]
    [InlineData("sleep 1 2 3", "2:9: sleep: too many arguments; usage: sleep <seconds>")]
    [InlineData("iseq a", "2:6: iseq: too few arguments")]
    [InlineData("iseq ${a} ${b} ${c}", "2:16: iseq: too many arguments")]
    [InlineData("choose --default", "2:8: choose: Option '--default' needs a value")]
    [InlineData("choose --default ${x}", "2:18: choose: too few arguments")]
    [InlineData("goto nowhere", "2:6: there is no label 'nowhere'")]
    [InlineData("goto nowhere ||", "2:6: warning: there is no label 'nowhere' (the line goes on)")]
    [InlineData("set x:word a", "2:5: set: there is no setting type 'word'")]
    [InlineData("inc net0/x:word", "2:5: inc: there is no setting type 'word'")]
    [InlineData("sha256sum --set a:word x", "2:17: sha256sum: there is no setting type 'word'")]
    [InlineData("sleep a", "2:7: sleep: 'a' is not a number")]
    [InlineData("exit 08", "2:6: exit: '08' is not a number")]
    [InlineData("inc x 1s", "2:7: inc: '1s' is not a number")]
    [InlineData("prompt --timeout 5s text", "2:18: prompt: '5s' is not a number")]
    [InlineData("prompt --timeout=5s text", "2:8: prompt: '5s' is not a number")]
    [InlineData("prompt -t5s text || echo", "2:8: warning: prompt: '5s' is not a number (the line goes on)")]
    [InlineData("prompt --key Ctrl-B text", "2:14: prompt: 'Ctrl-B' is not a key")]
    [InlineData("set net0/ip 10.0.0", "2:13: '10.0.0' is no value of type ipv4")]
    [InlineData("set x:int8 12a", "2:12: '12a' is no value of type int8")]
    [InlineData("set x:hex 1g || echo", "2:11: warning: '1g' is no value of type hex (the line goes on)")]
    [InlineData("echo ${net0/mac:hexdash}", "2:6: warning: there is no setting type 'hexdash': this is empty")]
    [InlineData("echo a${ b", "2:7: warning: '${' without '}' in the same word is not expanded")]
    [InlineData("startpxe net0", "2:1: warning: startpxe is not supported by this loader")]
    [InlineData("time gdbstub tcp", "2:6: warning: gdbstub is not supported by this loader")]
    [InlineData(":a\n:a", "3:1: warning: the label 'a' stands in line 2 already; goto goes there")]
    [InlineData("boot \\", "2:6: the file ends in a line that goes on; remove the backslash")]
    [InlineData("boot \\\n", "2:6: the file ends in a line that goes on; remove the backslash")]
    [InlineData("boot \\\r\n a\\\r\n", "3:3: the file ends in a line that goes on; remove the backslash")]
    public void AMistakeIsNamedWithItsPlace(string script, string finding)
    {
        Finding found = Assert.Single(Check("#!ipxe\n" + script));
        Assert.StartsWith($"x:{finding}", found.Describe("x"));
        Assert.NotEqual(found.IsRefusal, finding.Contains(" warning: "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nosuch\n  # nosuch a\n:a # nosuch\necho # nosuch")]
    [InlineData("${command} --any option")]
    [InlineData("goto ${target}\n:a:b goto a:b\ngoto ${x} ||")]
    [InlineData("choose ${options} menu\nsanunhook ${drive} ${more}\nshow -- ${x}")]
    [InlineData("chain -${flags} --${option} x\nchain --timeout=${t} -n${name} x")]
    [InlineData("sleep --help\nset x\nset x:ipv4 ${ip}\nset x:hex\nclear x:word")]
    [InlineData("echo ${} ${a}${b:hexraw} ${net${i}/mac:hexhyp} $ {x} ${unfinished:${type}}")]
    [InlineData("item\nitem name\nitem --gap -- ----\nitem --key 0x41 name\nmenu\nimgargs x a=- -b")]
    [InlineData("echo a;b c||d \"-1\" | & $(x) \\n")]
    [InlineData("time -- echo a # nosuch && nosuch")]
    [InlineData("prompt --timeout ${t} -k 0x02 a\nprompt --timeout=0x10 -kA\nsleep ${s}\nexit -- -1")]
    [InlineData("echo no newline at the end")]
    public void WhatTheLoaderTakesIsNotComplainedAbout(string script) =>
        Assert.DoesNotContain(Check("#!ipxe\n" + script), it => it.IsRefusal);

    [Theory]
    [InlineData("", "its first line must be '#!ipxe'")]
    [InlineData("#!ipxe", "its first line must be '#!ipxe'")]
    [InlineData("#!/bin/sh\n", "its first line must be '#!ipxe'")]
    [InlineData("\n#!ipxe\n", "'#!ipxe' must be its very first line")]
    [InlineData("\uFEFF#!ipxe\n", "it begins with a byte order mark")]
    public void WhatIsNoScriptIsSaidToBeNone(string content, string reason)
    {
        Finding found = Assert.Single(Check(content));
        Assert.True(found.IsRefusal);
        Assert.StartsWith($"not a script: {reason}", found.Text);
    }

    [Fact]
    public void TheManualNamesEveryCommand()
    {
        string manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "scripts.md"));
        var machine = new StubMachine(TextWriter.Null);
        Assert.All(machine.Interpreter.Commands.All, it => Assert.Contains($"`{it.Name}`", manual));
    }

    [Fact]
    public void TheOldMagicIsOneToo() => Assert.Empty(Check("#!gpxe\necho a"));

    [Fact]
    public void AScriptThatIsTooLargeIsRefused()
    {
        Finding found = Assert.Single(Check("#!ipxe\n" + new string('#', 1 << 20)));
        Assert.Contains("too large", found.Text);
    }

    [Fact]
    public void CommandsAndOptionsAreThoseOfTheLoader()
    {
        var machine = new StubMachine(TextWriter.Null);
        byte[] script = "#!ipxe\nbrandnew --fresh 1 a\nbrandnew --stale\n"u8.ToArray();
        Assert.Equal(2, ScriptChecker.Check("x", script, machine.Interpreter).Count);
        machine.Interpreter.Commands.Add(new BrandNew());
        Finding found = Assert.Single(ScriptChecker.Check("x", script, machine.Interpreter));
        Assert.Equal("brandnew: Unknown option '--stale'; usage: brandnew [-f|--fresh <days>] <fruit>", found.Text);
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void ScriptsLikeThoseInUseAreAccepted(string name)
    {
        Finding[] refusals = [.. CheckRun.Check(name, File.ReadAllBytes(Path.Combine(Samples, name)))
            .Where(it => it.IsRefusal)];
        Assert.True(refusals.Length == 0, string.Join("\n", refusals.Select(it => it.Describe(name))));
    }

    [Fact]
    public void AScriptInsideAMessageIsCheckedAndTraced()
    {
        string file = Path.Combine(_folder, "user-data");
        File.WriteAllText(file, "Content-Type: text/x-ipxe\n\n#!ipxe\necho hello\nnosuch\n");
        using var output = new StringWriter();
        Assert.False(new CheckRun(output) { IsTraced = true }.Run([file]));
        Assert.Contains($"{file}:3:1: there is no command 'nosuch'", output.ToString());
        Assert.Contains("hello", output.ToString());
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void ScriptsLikeThoseInUseRunOnAMachineThatIsNotThere(string name)
    {
        using var output = new StringWriter();
        var machine = new StubMachine(output, Samples);
        machine.Trace(name, File.ReadAllBytes(Path.Combine(Samples, name)));
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"{name}: ", lines[^1]);
        Assert.True(lines.Length > 2, output.ToString());
    }

    [Fact]
    public void ATraceShowsEveryCommandAndWhatComesOfIt()
    {
        string path = Write("boot.ipxe", """
            #!ipxe
            set esc:hex 1b
            :again
            menu ${esc:string}[1mBoot
            item one One
            item two Two
            choose --default one --timeout 3000 what || exit 1
            isset ${ip} || dhcp
            iseq ${what} two || goto again
            chain inner/next.ipxe || echo it failed: ${errno}
            echo -n Name: ${} && read name
            kernel http://${next-server}/k \
              a=${net0/mac}
            initrd initrd.img
            boot || shell
            echo not reached
            """);
        Write("inner/next.ipxe", "#!ipxe\nimgfetch beside.bin\nsleep 2\nexit 5\n");
        Write("inner/beside.bin", "data");
        using var output = new StringWriter();
        var run = new CheckRun(output) { IsTraced = true, Choices = ["one", "two"], Settings = ["net0/mac=aa:bb"] };
        Assert.True(run.Run([path]), output.ToString());
        Assert.Equal($"""
            boot.ipxe:2: set esc:hex 1b
            boot.ipxe:4: menu <ESC>[1mBoot
            boot.ipxe:5: item one One
            boot.ipxe:6: item two Two
            boot.ipxe:7: choose --default one --timeout 3000 what
                    (one is chosen)
            boot.ipxe:8: isset []
                    -> isset fails, 2d0a0004: The setting has no value
            boot.ipxe:8: dhcp
                    (net0 has 192.0.2.10 now)
            boot.ipxe:9: iseq one two
                    -> iseq fails, 460a0005: The values differ
            boot.ipxe:9: goto again
            boot.ipxe:4: menu <ESC>[1mBoot
            boot.ipxe:5: item one One
            boot.ipxe:6: item two Two
            boot.ipxe:7: choose --default one --timeout 3000 what
                    (two is chosen)
            boot.ipxe:8: isset 192.0.2.10
            boot.ipxe:9: iseq two two
            boot.ipxe:10: chain inner/next.ipxe
                    (takes inner/next.ipxe from {_folder})
            next.ipxe:2: imgfetch beside.bin
                    (takes beside.bin from {_folder}/inner)
            next.ipxe:3: sleep 2
                    (2000 ms pass)
            next.ipxe:4: exit 5
                    -> exit fails, 00000005
                    -> chain fails, 00000005
            boot.ipxe:10: echo it failed: 0x5
                    | it failed: 0x5
            boot.ipxe:11: echo -n Name: []
                    | Name:{' '}
            boot.ipxe:11: read name
                    ('' is typed)
            boot.ipxe:12: kernel http://192.0.2.1/k a=aa:bb
                    (fetches http://192.0.2.1/k)
            boot.ipxe:14: initrd initrd.img
                    (fetches initrd.img)
            boot.ipxe:15: boot
            boot.ipxe: k would start here: http://192.0.2.1/k a=aa:bb
            1 script: 0 refusals, 0 warnings

            """.ReplaceLineEndings("\n"), output.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("poweroff", true, "the machine would be switched off here")]
    [InlineData("reboot --setup", true, "the machine would start its setup here")]
    [InlineData("sanboot iscsi:h::::t", true, "iscsi:h::::t would be booted from here")]
    [InlineData("exit 3", false, "ends with 00000003")]
    [InlineData("exit 0", true, "ends")]
    [InlineData(":a goto a", false, "50 commands have run; the trace stops here")]
    [InlineData("menu\nitem a\nchoose x", false, "the menu has no item 'b' to choose")]
    public void ATraceEndsWhereNobodyCanGoOn(string script, bool isGood, string end)
    {
        using var output = new StringWriter();
        var machine = new StubMachine(output, choices: ["b"], commandsMax: 50);
        Assert.Equal(isGood, machine.Trace("x", Encoding.UTF8.GetBytes("#!ipxe\n" + script)));
        Assert.EndsWith($"x: {end}\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void OneBadScriptIsEnoughToFail()
    {
        string good = Write("good.ipxe", "#!ipxe\nnosuch ||\n"), bad = Write("bad.ipxe", "#!ipxe\nnosuch\n");
        using var output = new StringWriter();
        Assert.True(new CheckRun(output).Run([good]));
        Assert.False(new CheckRun(output).Run([good, bad]));
        Assert.EndsWith("2 scripts: 1 refusal, 1 warning\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ASettingThatCannotBeIsSaid()
    {
        string good = Write("good.ipxe", "#!ipxe\necho\n");
        using var output = new StringWriter();
        Assert.False(new CheckRun(output) { IsTraced = true, Settings = ["net0/ip=nonsense"] }.Run([good]));
        Assert.Contains("'nonsense' is no value of type ipv4", output.ToString());
    }

    private static IReadOnlyList<Finding> Check(string script) => CheckRun.Check("x", Encoding.UTF8.GetBytes(script));

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    private sealed class BrandNew() : Command("brandnew", "<fruit>", 1, 1, [new Option("fresh", 'f', "days")])
    {
        public override ValueTask<Status> RunAsync(CommandCall call, CancellationToken stop) => new(Status.Success);
    }
}
