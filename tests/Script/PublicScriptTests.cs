using System.Text;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>The corner cases seen in public scripts, by their number in spec/ipxe-compat.md 11, as far as today's
/// commands go.</summary>
public class PublicScriptTests
{
    private readonly ScriptWorld _world = new();

    private void Expect(string script, string output)
    {
        _world.Run(script);
        Assert.Equal(output, _world.Output);
    }

    [Fact]
    public void Corner1_DhcpUnlessConfiguredAndTrailingOr()
    {
        _world.AddInterface("net0");
        _world.Run("set net0/ip 10.0.0.1\nisset ${ip} || dhcp\nclear net0/ip\nisset ${ip} || dhcp\nfoo ||\necho on");
        Assert.Equal(["open net0", "configure net0 Any"], _world.Deeds);
        Assert.EndsWith("on\n", _world.Output);
    }

    [Fact]
    public void Corner2_JumpEndsTheLineAndSemicolonResets()
    {
        const string Loop = "set i:int32 0\nset n 2\n:z\niseq a b && goto x || iseq ${i} ${n} && goto y || inc i && "
            + "echo round ${i} ; sleep 3 ; goto z\n:x echo no\n:y echo done";
        Expect(Loop, "round 1\nround 2\ndone\n");
        Assert.Equal(6000, _world.WaitedMs);
    }

    [Fact]
    public void Corner3_ConditionOnALabelLineWithLogicGoingOnBelow() =>
        Expect("set idx 0\nset vlan-id 7\nset net0-7/ip 10.0.0.1\n:loop isset ${net${idx}-${vlan-id}/ip} && goto done "
            + "||\n"
            + "    echo no\n:done echo done", "done\n");

    [Fact]
    public void Corner4_EmptyMenuIsNoSuchLabelAndIgnored() => Expect("goto ${menu} ||\necho on", "on\n");

    [Fact]
    public void Corner5_OddLabels() =>
        Expect("goto 52:54:00:12:34:56\n\t:52:54:00:12:34:56\n:menu\n:menu_https\ngoto 2-b\n:2-b echo first\nexit\n"
            + ":2-b echo no",
            "first\n");

    [Fact]
    public void Corner6_HexThenStringKeepsBlanksInOneWord() =>
        Expect("set space:hex 20:20\nset space ${space:string}\necho [${space}]\nshow space",
            "[  ]\nspace:string =   \n");

    [Fact]
    public void Corner7_CommentAfterTheValue() =>
        Expect("set cls:hex 1b:5b:4a  # clears the screen\necho ${cls}", "1b:5b:4a\n");

    [Fact]
    public void Corner8_EmptyArgumentPrintsATrailingBlank()
    {
        _world.TypedLines.Enqueue("typed");
        Expect("echo -n Text: ${} && read v\necho ${v}", "Text: typed\n");
    }

    [Fact]
    public void Corner10_Deletions() =>
        Expect("set x 1\nset x\nset y ${undefined}\nclear absent\nset net0/ip 1.2.3.4\nclear net0/ip\nisset "
            + "${x}${y}${ip} || echo none",
            "none\n");

    [Fact]
    public void Corner11_CountingFromMinusOne() =>
        Expect("set idx:int32 -1\ninc idx\niseq ${idx} 0 && echo zero", "zero\n");

    [Fact]
    public void Corner12_IsItAnAddress()
    {
        _world.Run("set host server.example\nset check:ipv4 ${host} && echo address || echo name");
        Assert.EndsWith("name\n", _world.Output);
        Assert.DoesNotContain("address\n", _world.Output);
    }

    [Fact]
    public void Corner13_QuotesAreOrdinaryCharacters() =>
        Expect("set a -1\niseq \"${a}\" \"-1\" && echo same", "same\n");

    [Fact]
    public void Corner14_ABarIsAnArgument()
    {
        _world.Files["http://h/x"] = "kernel";
        _world.Run("chain http://h/x | goto X");
        Assert.Equal("execute x | goto X", _world.Deeds[^1]);
    }

    [Fact]
    public void Corner15_ContinuationKeepsLeadingBlanksAndWorksBeforeCrlf()
    {
        _world.Files["k"] = "kernel";
        _world.Run("kernel k a=1 \\\r\n    b=2\\\r\n,3\r\nboot\r\n");
        Assert.Equal("execute k a=1 b=2,3", _world.Deeds[^1]);
    }

    [Fact]
    public void Corner16_TheChainUriIsPassedAsWritten()
    {
        _world.Run("set uuid 00112233-4455-6677-8899-aabbccddeeff\nset net0/mac:hex 52:54:00:12:34:56\nset arch x86 "
            + "64\n"
            + "chain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&arch=${arch:uristring}");
        Assert.Equal("fetch ipxe?uuid=00112233-4455-6677-8899-aabbccddeeff&mac=52-54-00-12-34-56&arch=x86%2064",
            _world.Deeds[0]);
    }

    [Fact]
    public void Corner18_InitrdWordsStayOnTheKernelLine()
    {
        _world.Files["k"] = "kernel";
        _world.Run("kernel k initrd=initrd.magic initrd=a initrd=b\nboot");
        Assert.Equal("execute k initrd=initrd.magic initrd=a initrd=b", _world.Deeds[^1]);
    }

    [Fact]
    public void Corner20_ExitInAChainedScriptLeavesTheCallerRunning()
    {
        _world.Files["zero"] = "#!ipxe\nexit 0";
        _world.Files["one"] = "#!ipxe\nexit 1";
        _world.Files["bare"] = "#!ipxe\nexit";
        Expect("chain zero\nchain one || echo one\nchain bare\necho on", "one\non\n");
    }

    [Fact]
    public void Corner21_PromptForCtrlBThenShell()
    {
        _world.Run("prompt --key 0x02 --timeout 2000 Press Ctrl-B && shell ||\necho on");
        Assert.Equal("Press Ctrl-B\non\n", _world.Output);
        _world.Keys.Enqueue(2);
        _world.TypedLines.Enqueue("exit");
        _world.Run("prompt --key 0x02 --timeout 2000 text && shell ||");
        Assert.Single(_world.LineRequests);
    }

    [Fact]
    public void Corner23_SettingsOfAnAutofreedScriptRemain()
    {
        _world.Files["boot.cfg"] = "#!ipxe\nset mirror http://m";
        Expect("chain --autofree boot.cfg ||\necho ${mirror}\nimgstat", "http://m\n");
    }

    [Fact]
    public void Corner25_NumericTags() =>
        Expect("set menu/12 x\necho ${hostname}\nset root-path iscsi:y\necho ${17}", "x\niscsi:y\n");

    [Fact]
    public void Corner26_BuiltInOverridden() => Expect("set version 3.0.2\necho ${version}", "3.0.2\n");

    [Fact]
    public void Corner27_Utf8LongLinesBigScriptsAndNul()
    {
        var script = new StringBuilder("# Menü ☃\necho Menü\necho a\0b\n");
        script.Append("set long ").Append('k', 10_000).Append('\n');
        for (int i = 0; i < 1000; i++) script.Append("# ").Append('x', 60).Append('\n');
        script.Append("iseq ${long} ").Append('k', 10_000).Append(" && echo end");
        _world.Run(script.ToString());
        Assert.Equal("Menü\na\0b\nend\n", ByteText.ToUnicode(_world.Output));
    }

    [Fact]
    public void Corner28_AScriptThatFreesAllImagesGoesOn()
    {
        _world.Files["inner"] = "#!ipxe\nimgfree\necho still here";
        Expect("chain inner\nimgstat", "still here\n");
    }
}
