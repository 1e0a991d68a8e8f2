using System;
using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the shape of every command: what it takes, and that wrong use shows how it is used, does nothing
/// and has iPXE's status (spec/ipxe-compat.md 1.7 and 2).</summary>
public class OptionTests
{
    private readonly ScriptWorld _world = new();

    public static TheoryData<string> Names => [.. new ScriptWorld().Interpreter.Commands.All.Select(it => it.Name)];

    [Theory]
    [InlineData("imgfetch [-n|--name <name>] [-t|--timeout <milliseconds>] [-q|--quiet] [-a|--autofree] "
        + "[-s|--sha256 <digest>] <uri> [<arguments>...]")]
    [InlineData("kernel [-n|--name <name>] [-t|--timeout <milliseconds>] [-q|--quiet] [-a|--autofree] "
        + "[-s|--sha256 <digest>] <uri|image> [<arguments>...]")]
    [InlineData("imgargs [-n|--name <name>] [-t|--timeout <milliseconds>] [-q|--quiet] [-a|--autofree] "
        + "[-s|--sha256 <digest>] <uri|image> [<arguments>...]")]
    [InlineData("chain [-n|--name <name>] [-t|--timeout <milliseconds>] [-q|--quiet] [-a|--autofree] [-r|--replace] "
        + "[-s|--sha256 <digest>] [<uri|image> [<arguments>...]]")]
    [InlineData("imgstat [<image>...]")]
    [InlineData("imgfree [<image>...]")]
    [InlineData("imgtrust [-a|--allow] [-p|--permanent]")]
    [InlineData("imgverify [-s|--signer <common name>] [-k|--keep] [-t|--timeout <milliseconds>] [-q|--quiet] "
        + "<uri|image> <signature uri|image>")]
    [InlineData("imgextract [-n|--name <name>] [-k|--keep] [-t|--timeout <milliseconds>] [-q|--quiet] <uri|image>")]
    [InlineData("imgdecrypt [-n|--name <name>] [-k|--keep] [-t|--timeout <milliseconds>] [-q|--quiet] "
        + "<uri|image> <envelope uri|image>")]
    [InlineData("sha256sum [-s|--set <setting>] <uri|image>...")]
    [InlineData("goto <label>")]
    [InlineData("exit [<status>]")]
    [InlineData("isset <value>")]
    [InlineData("iseq <value1> <value2>")]
    [InlineData("echo [-n|--n] [--] [<text>...]")]
    [InlineData("sleep <seconds>")]
    [InlineData("prompt [-k|--key <key>] [-t|--timeout <milliseconds>] [<text>...]")]
    [InlineData("show [-q|--quiet] <setting>")]
    [InlineData("set <setting> [<value>...]")]
    [InlineData("clear <setting>")]
    [InlineData("read [-t|--timeout <milliseconds>] <setting>")]
    [InlineData("inc <setting> [<increment>]")]
    [InlineData("help")]
    [InlineData("shell")]
    [InlineData("time <command>...")]
    [InlineData("menu [-n|--name <name>] [-d|--delete] [<title>...]")]
    [InlineData("form [-n|--name <name>] [-d|--delete] [<title>...]")]
    [InlineData("item [-m|--menu <menu>] [-f|--form <form>] [-k|--key <key>] [-d|--default] [-s|--secret] [-g|--gap] "
        + "[<name> [<text>...]]")]
    [InlineData("choose [-m|--menu <menu>] [-d|--default <name>] [-t|--timeout <milliseconds>] "
        + "[-r|--retimeout <milliseconds>] [-k|--keep] <setting>")]
    [InlineData("present [-f|--form <form>] [-k|--keep]")]
    [InlineData("login")]
    [InlineData("colour [-b|--basic <colour>] [-r|--rgb <0xRRGGBB>] <colour>")]
    [InlineData("cpair [-f|--foreground <colour>] [-b|--background <colour>] <pair>")]
    [InlineData("ifopen [<interface>...]")]
    [InlineData("ifclose [<interface>...]")]
    [InlineData("ifstat [<interface>...]")]
    [InlineData("dhcp [-c|--configurator <configurator>] [-t|--timeout <milliseconds>] [<interface>...]")]
    [InlineData("ifconf [-c|--configurator <configurator>] [-t|--timeout <milliseconds>] [<interface>...]")]
    [InlineData("iflinkwait [-t|--timeout <milliseconds>] [<interface>...]")]
    [InlineData("route")]
    [InlineData("nslookup <setting> <name>")]
    [InlineData("ntp [<server>]")]
    [InlineData("sanhook [-d|--drive <drive>] [-n|--no-describe] <root-path>...")]
    [InlineData("sanboot [-d|--drive <drive>] [-n|--no-describe] [-k|--keep] [-f|--filename <path>] "
        + "[-e|--extra <path>] [-l|--label <label>] [-u|--uuid <guid>] [-r|--ram] [<root-path>...]")]
    [InlineData("sanunhook [-d|--drive <drive>]")]
    [InlineData("iscsi discover <server>[:<port>]")]
    [InlineData("reboot [-w|--warm] [-s|--setup]")]
    [InlineData("poweroff")]
    [InlineData("sync [-t|--timeout <milliseconds>]")]
    [InlineData("certstat [-s|--subject <name>]")]
    [InlineData("certstore [-s|--subject <name>] [-k|--keep] [-t|--trust] [<uri|image|setting>]")]
    [InlineData("certfree [-s|--subject <name>]")]
    [InlineData("tlsstat")]
    [InlineData("manifest [-s|--signer <common name>] [-t|--timeout <milliseconds>] [-q|--quiet] "
        + "<uri> [<signature uri>]")]
    [InlineData("fcels [-p|--port <port>] [-i|--id <id>] <command>")]
    public void ACommandTakesThis(string usage)
    {
        string name = usage.Split(' ')[0];
        Assert.Equal(usage, _world.Interpreter.Commands.Find(name)!.Usage);
    }

    [Theory]
    [InlineData("imgfetch", "module", "initrd")]
    [InlineData("kernel", "imgselect", "imgload")]
    [InlineData("chain", "imgexec", "boot")]
    [InlineData("sha256sum", "md5sum", "sha1sum", "sha224sum", "sha384sum", "sha512sum")]
    public void CommandsOfOneKindTakeTheSame(string name, params string[] others)
    {
        string usage = _world.Interpreter.Commands.Find(name)!.Usage[name.Length..];
        foreach (string other in others) Assert.Equal(other + usage, _world.Interpreter.Commands.Find(other)!.Usage);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HelpIsShownAndNothingDone(string name)
    {
        foreach (string help in new[] { "--help", "-h" })
        {
            Assert.Equal(ScriptFailure.UsageShown.Code, Call($"{name} {help} a b c"));
            Assert.StartsWith($"Usage: {Find(name).Usage}\n", _world.Output);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void UnknownOptionsAreRefused(string name)
    {
        Refuses($"{name} --no-such-option a", ScriptFailure.BadOption.Code, name);
        Refuses($"{name} -Z a", ScriptFailure.BadOption.Code, name);
        Refuses($"{name} --no-such-option=1 a", ScriptFailure.BadOption.Code, name);
        foreach (Option option in Find(name).Options)
            Refuses($"{name} --{option.Long}x 1", ScriptFailure.BadOption.Code, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TimesThatAreNoneAreRefused(string name)
    {
        Command command = Find(name);
        int count = Math.Max(command.ArgumentsMin, Math.Min(1, command.ArgumentsMax));
        string arguments = string.Concat(Enumerable.Repeat(" 1", count));
        foreach (Option option in command.Options.Where(option => option.Value == "milliseconds"))
        {
            foreach (string time in new[] { "-1", "0x80000000", "soon" })
                Assert.Equal(ScriptFailure.BadNumber.Code, Call($"{name} --{option.Long}={time}{arguments}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OptionsWithoutTheirValueAreRefused(string name)
    {
        foreach (Option option in Find(name).Options)
        {
            if (option.Value is null)
            {
                Refuses($"{name} --{option.Long}=1 a", ScriptFailure.BadOption.Code, name);
                continue;
            }
            foreach (string form in new[] { $"--{option.Long}", $"-{option.Short}" })
            {
                Refuses($"{name} {form}", ScriptFailure.BadOption.Code, name);
                Refuses($"{name} {form} -x", ScriptFailure.BadOption.Code, name);
                Refuses($"{name} {form} --", ScriptFailure.BadOption.Code, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TooFewAndTooManyArgumentsAreRefused(string name)
    {
        Command command = Find(name);
        if (command.ArgumentsMin > 0) Refuses(Words(name, command.ArgumentsMin - 1), 0x460a0007, name);
        if (command.ArgumentsMax < 100) Refuses(Words(name, command.ArgumentsMax + 1), 0x460a0007, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoTwoOptionsOfACommandAreAlike(string name)
    {
        Option[] options = [.. Find(name).Options];
        Assert.Equal(options.Length, options.Select(it => it.Long).Distinct().Count());
        Assert.Equal(options.Length, options.Select(it => it.Short).Distinct().Count());
        Assert.DoesNotContain(options, it => it.Long == "help" || it.Short == 'h');
    }

    [Theory]
    [InlineData("profstat")]
    [InlineData("gdbstub serial")]
    [InlineData("fcstat")]
    [InlineData("fcels --port port0 --id 0xfffffe flogi")]
    [InlineData("ibstat")]
    [InlineData("iwstat net0")]
    [InlineData("iwlist")]
    [InlineData("startpxe net0")]
    [InlineData("stoppxe")]
    public void WhatMakesNoSenseHereSaysSo(string line)
    {
        Assert.Equal(0x3c0a0041u, Call(line));
        Assert.StartsWith($"{line.Split(' ')[0]}: not supported by this loader [3c0a0041] - ", _world.Output);
        Assert.Equal(0u, Call($"{line} || echo on"));
        Assert.EndsWith("on\n", _world.Output);
    }

    private void Refuses(string line, uint code, string name)
    {
        Assert.Equal((line, code), (line, Call(line)));
        Assert.StartsWith($"Usage: {Find(name).Usage}\n", _world.Output);
    }

    private uint Call(string line)
    {
        _world.Printed.Clear();
        uint code = _world.Run(line).Code;
        Assert.Empty(_world.Deeds);
        return code;
    }

    private Command Find(string name) => _world.Interpreter.Commands.Find(name)!;

    private static string Words(string name, int count) => name + string.Concat(Enumerable.Repeat(" a", count));
}
