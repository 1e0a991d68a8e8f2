using System.Text;
using Bootlace.Script;
using Bootlace.Tests.Boot;
using Bootlace.Transfer;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the corner cases seen in public scripts, by their number in spec/ipxe-compat.md 11.</summary>
public class CornerCaseTests
{
    private readonly ScriptWorld _world = new();

    private void Expect(string script, string output)
    {
        _world.Run(script);
        Assert.Equal(output, _world.Output);
    }

    [Fact]
    public void C01_DhcpUnlessConfiguredAndTrailingOr()
    {
        _world.AddInterface("net0");
        _world.Run("set net0/ip 10.0.0.1\nisset ${ip} || dhcp\nclear net0/ip\nisset ${ip} || dhcp\nfoo ||\necho on");
        Assert.Equal(["open net0", "configure net0 Any"], _world.Deeds);
        Assert.EndsWith("on\n", _world.Output);
    }

    [Fact]
    public void C02_JumpEndsTheLineAndSemicolonResets()
    {
        const string Loop = "set i:int32 0\nset n 2\n:z\niseq a b && goto x || iseq ${i} ${n} && goto y || inc i && "
            + "echo round ${i} ; sleep 3 ; goto z\n:x echo no\n:y echo done";
        Expect(Loop, "round 1\nround 2\ndone\n");
        Assert.Equal(6000, _world.WaitedMs);
    }

    [Fact]
    public void C03_ConditionOnALabelLineWithLogicGoingOnBelow() =>
        Expect("set idx 0\nset vlan-id 7\nset net0-7/ip 10.0.0.1\n:loop isset ${net${idx}-${vlan-id}/ip} && goto done "
            + "||\n"
            + "    echo no\n:done echo done", "done\n");

    [Fact]
    public void C04_EmptyMenuIsNoSuchLabelAndIgnored() => Expect("goto ${menu} ||\necho on", "on\n");

    [Fact]
    public void C05_OddLabels() =>
        Expect("goto 52:54:00:12:34:56\n\t:52:54:00:12:34:56\n:menu\n:menu_https\ngoto 2-b\n:2-b echo first\nexit\n"
            + ":2-b echo no",
            "first\n");

    [Fact]
    public void C06_HexThenStringKeepsBlanksInOneWord() =>
        Expect("set space:hex 20:20\nset space ${space:string}\necho [${space}]\nshow space",
            "[  ]\nspace:string =   \n");

    [Fact]
    public void C07_CommentAfterTheValue() =>
        Expect("set cls:hex 1b:5b:4a  # clears the screen\necho ${cls}", "1b:5b:4a\n");

    [Fact]
    public void C08_EmptyArgumentPrintsATrailingBlank()
    {
        _world.TypedLines.Enqueue("typed");
        Expect("echo -n Text: ${} && read v\necho ${v}", "Text: typed\n");
    }

    [Theory]
    [InlineData("")]
    [InlineData("set timeout 0\n")]
    [InlineData("set menu none\nset timeout 00\n")]
    public void C09_AMenuWithNoTimeoutAndNoDefaultIsAMenu(string before)
    {
        Expect($"{before}menu\nitem a\nitem b\n"
            + "choose --timeout ${timeout} --default ${menu} menu || goto local\necho no\n:local echo local",
            "local\n");
        Assert.Equal((0, 0), (_world.Menus[0].Start, _world.Menus[0].TimeoutMs));
        _world.Choices.Enqueue("b");
        _world.Run($"{before}menu\nitem a\nitem b\nchoose --timeout ${{timeout}} --default ${{menu}} menu && "
            + "echo ${menu}");
        Assert.EndsWith("b\n", _world.Output);
    }

    [Fact]
    public void C10_Deletions() =>
        Expect("set x 1\nset x\nset y ${undefined}\nclear absent\nset net0/ip 1.2.3.4\nclear net0/ip\nisset "
            + "${x}${y}${ip} || echo none",
            "none\n");

    [Fact]
    public void C11_CountingFromMinusOne() =>
        Expect("set idx:int32 -1\ninc idx\niseq ${idx} 0 && echo zero", "zero\n");

    [Fact]
    public void C12_IsItAnAddress()
    {
        _world.Run("set host server.example\nset check:ipv4 ${host} && echo address || echo name");
        Assert.EndsWith("name\n", _world.Output);
        Assert.DoesNotContain("address\n", _world.Output);
    }

    [Fact]
    public void C13_QuotesAreOrdinaryCharacters() =>
        Expect("set a -1\niseq \"${a}\" \"-1\" && echo same", "same\n");

    [Fact]
    public void C14_ABarIsAnArgument()
    {
        _world.Files["http://h/x"] = "kernel";
        _world.Run("chain http://h/x | goto X");
        Assert.Equal("execute x | goto X", _world.Deeds[^1]);
    }

    [Fact]
    public void C15_ContinuationKeepsLeadingBlanksAndWorksBeforeCrlf()
    {
        _world.Files["k"] = "kernel";
        _world.Run("kernel k a=1 \\\r\n    b=2\\\r\n,3\r\nboot\r\n");
        Assert.Equal("execute k a=1 b=2,3", _world.Deeds[^1]);
    }

    [Fact]
    public void C16_TheChainUriIsPassedAsWritten()
    {
        _world.Run("set uuid 00112233-4455-6677-8899-aabbccddeeff\nset net0/mac:hex 52:54:00:12:34:56\nset arch x86 "
            + "64\n"
            + "chain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&arch=${arch:uristring}");
        Assert.Equal("fetch ipxe?uuid=00112233-4455-6677-8899-aabbccddeeff&mac=52-54-00-12-34-56&arch=x86%2064",
            _world.Deeds[0]);
    }

    [Theory]
    [InlineData("http://u@h:81/a/b.ipxe?x", "/env/x/vmlinuz", "http://u@h:81/env/x/vmlinuz")]
    [InlineData("http://h/a/b.ipxe", "//h/p", "http://h//h/p")]
    [InlineData("tftp://h/a/b.ipxe", "ipxe?uuid=1&mac=52:54:00", "tftp://h/a/ipxe?uuid=1&mac=52:54:00")]
    public void C17_PathsAreRelativeToTheHostOfTheScript(string script, string written, string meant) =>
        Assert.Equal(meant, BootUri.Parse(written).ResolveAgainst(BootUri.Parse(script)).Text);

    [Fact]
    public void C18_InitrdWordsStayOnTheKernelLine()
    {
        _world.Files["k"] = "kernel";
        _world.Run("kernel k initrd=initrd.magic initrd=a initrd=b\nboot");
        Assert.Equal("execute k initrd=initrd.magic initrd=a initrd=b", _world.Deeds[^1]);
    }

    [Fact]
    public void C19_LocalDisksAreBootedAndAnExitFollowsWhatFails()
    {
        _world.BootStatus = new Status(0x2d000001);
        Assert.Equal(0u, _world.Run("sanboot --no-describe --drive 0x80 ||\nsanboot --no-describe || exit 0").Code);
        Assert.Equal(["boot 80 quiet []", "boot quiet []"], _world.Deeds);
        Assert.Equal(0x2d000001u, _world.Run("sanboot --no-describe --drive 0x80\necho no").Code);
    }

    [Fact]
    public void C20_ExitInAChainedScriptLeavesTheCallerRunning()
    {
        _world.Files["zero"] = "#!ipxe\nexit 0";
        _world.Files["one"] = "#!ipxe\nexit 1";
        _world.Files["bare"] = "#!ipxe\nexit";
        Expect("chain zero\nchain one || echo one\nchain bare\necho on", "one\non\n");
    }

    [Fact]
    public void C21_PromptForCtrlBThenShell()
    {
        _world.Run("prompt --key 0x02 --timeout 2000 Press Ctrl-B && shell ||\necho on");
        Assert.Equal("Press Ctrl-B\non\n", _world.Output);
        _world.Keys.Enqueue(2);
        _world.TypedLines.Enqueue("exit");
        _world.Run("prompt --key 0x02 --timeout 2000 text && shell ||");
        Assert.Single(_world.LineRequests);
    }

    [Fact]
    public void C22_ItemsOfEveryForm()
    {
        _world.Run("menu\nitem --gap Default:\nitem --gap -- ----\nitem\nitem name\nchoose x");
        Assert.Equal(
            [new(null, "Default:"), new(null, "----"), new(null, ""), new("name", "")],
            _world.Menus[0].Menu.Items);
        Assert.Equal(ScriptFailure.BadOption.Code, _world.Run("menu\nitem --gap ----- text").Code);
    }

    [Fact]
    public void C23_SettingsOfAnAutofreedScriptRemain()
    {
        _world.Files["boot.cfg"] = "#!ipxe\nset mirror http://m";
        Expect("chain --autofree boot.cfg ||\necho ${mirror}\nimgstat", "http://m\n");
    }

    [Fact]
    public void C24_HeadersNeedAListAndAListIsUsedUpByItsRequest()
    {
        _world.Run("param --header X-Token t || echo ${errno}");
        Assert.EndsWith("0x2d0a0060\n", _world.Output);
        var world = new BootWorld().WithFile("http://h/f", "content");
        Assert.True(world.RunLine("params ; param --header X-Token t ; imgfetch http://h/f##params "
            + "; imgfetch http://h/f##params").IsSuccess);
        Assert.Equal("X-Token", world.Parameters[0]!.Headers[0].Key);
        Assert.Null(world.Parameters[1]);
    }

    [Fact]
    public void C25_NumericTags() =>
        Expect("set menu/12 x\necho ${hostname}\nset root-path iscsi:y\necho ${17}", "x\niscsi:y\n");

    [Theory]
    [InlineData("set version 3.0.2\necho ${version}", "3.0.2\n")]
    [InlineData("menu\nitem go\nchoose menu\ngoto ${menu}\n:go echo ${menu}", "go\n")]
    [InlineData("menu\nitem go\nchoose version\necho ${version} ${builtin/version}", "go 9.9\n")]
    public void C26_VariablesMayBeCalledAsAnything(string script, string output)
    {
        _world.Choices.Enqueue("go");
        Expect(script, output);
    }

    [Fact]
    public void C27_Utf8LongLinesBigScriptsAndNul()
    {
        var script = new StringBuilder("# Menü ☃\necho Menü\necho a\0b\n");
        script.Append("set long ").Append('k', 10_000).Append('\n');
        for (int i = 0; i < 1000; i++) script.Append("# ").Append('x', 60).Append('\n');
        script.Append("item-less\u00a0word ||\nmenu Gerät wählen\nitem eins Größe ☃\nchoose x ||\n");
        script.Append("iseq ${long} ").Append('k', 10_000).Append(" && echo end");
        Assert.True(script.Length > 64 << 10);
        _world.Run(script.ToString());
        string output = ByteText.ToUnicode(_world.Output);
        Assert.StartsWith("Menü\na\0b\n", output);
        Assert.EndsWith("end\n", output);
        Assert.Equal("Gerät wählen", ByteText.ToUnicode(_world.Menus[0].Menu.Title));
        Assert.Equal("Größe ☃", ByteText.ToUnicode(_world.Menus[0].Menu.Items[0].Text));
    }

    [Fact]
    public void C28_AScriptThatFreesAllImagesGoesOn()
    {
        _world.Files["inner"] = "#!ipxe\nimgfree\necho still here";
        Expect("chain inner\nimgstat", "still here\n");
    }
}
