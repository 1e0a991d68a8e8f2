using System.Threading.Tasks;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects how a script runs: operators, goto, exit, nesting, errno, Ctrl-C (spec/ipxe-compat.md 1.3, 1.6).
/// </summary>
public class FlowTests
{
    private readonly ScriptWorld _world = new();

    [Theory]
    [InlineData("echo a || echo b && echo c", "a\nc\n", 0)]
    [InlineData("isset ${x} || echo b && echo c", "b\nc\n", 0)]
    [InlineData("isset ${x} && echo b || echo c", "c\n", 0)]
    [InlineData("isset ${x} && echo b ; echo c", "c\n", 0)]
    [InlineData("isset ${x} ||\necho on", "on\n", 0)]
    [InlineData("echo a &&\necho on", "a\non\n", 0)]
    [InlineData("isset ${x} || || echo b\necho on", "on\n", 0)]
    [InlineData("isset ${x} && ; echo b", "b\n", 0)]
    [InlineData("; ; echo b", "b\n", 0)]
    [InlineData("\n   \n# note\n:label\necho on", "on\n", 0)]
    [InlineData("exit 7 || echo no\necho no", "", 7)]
    [InlineData("exit", "", 0)]
    [InlineData("exit 0x10", "", 16)]
    [InlineData("exit && echo no", "", 0)]
    [InlineData("goto x || echo no\n:x\necho yes", "yes\n", 0)]
    [InlineData("goto x ; echo no\n:y\necho no\n:x echo yes", "yes\n", 0)]
    [InlineData("set t x\ngoto ${t}\necho no\n:${t}\necho no\n:x\necho yes", "yes\n", 0)]
    [InlineData("goto ${menu} ||\necho on", "on\n", 0)]
    [InlineData("goto nowhere || goto x\n:x echo yes", "yes\n", 0)]
    [InlineData("set op ||\nisset ${x} ${op} echo no ||\necho on", "Usage: isset <value>\n", 0)]
    [InlineData("set i:int32 0\n:loop iseq ${i} 3 && goto done ||\n  echo ${i}\n  inc i\n  goto loop\n:done echo end",
        "0\n1\n2\nend\n", 0)]
    public void LinesRunAsInIpxe(string script, string output, uint code)
    {
        Status status = _world.Run(script);
        Assert.StartsWith(output, _world.Output);
        if (!output.StartsWith("Usage")) Assert.Equal(output, _world.Output);
        Assert.Equal(code, status.Code);
    }

    [Theory]
    [InlineData("isset ${x}", "test stopped at line 2: The setting has no value [2d0a0004] - ", 0x2d0a0004)]
    [InlineData("iseq a b", "test stopped at line 2: The values differ [460a0005] - ", 0x460a0005)]
    [InlineData("goto nowhere", "test stopped at line 2: No such label in this script [2d0a0002] - ", 0x2d0a0002)]
    [InlineData("frobnicate now",
        "frobnicate: command not found [2e0a0001] - 'help' lists the commands; check the spelling\ntest stopped at "
            + "line 2\n",
        0x2e0a0001)]
    [InlineData("${x} a", ": command not found [2e0a0001]", 0x2e0a0001)]
    [InlineData("echo a\\", "The script ends inside a continued line [1c0a0013] - ", 0x1c0a0013)]
    [InlineData("echo --wrong", "Usage: echo [-n|--n] [--] [<text>...]\nUnknown option '--wrong' [1c0a0006] - ",
        0x1c0a0006)]
    [InlineData("isset", "Usage: isset <value>\nisset: wrong number of arguments [460a0007] - ", 0x460a0007)]
    [InlineData("isset a b", "isset: wrong number of arguments [460a0007] - ", 0x460a0007)]
    [InlineData("echo -h", "Usage: echo [-n|--n] [--] [<text>...]\ntest stopped at line 2: Usage was shown",
        0x0b0a0018)]
    [InlineData("chain --help", "Usage: chain [-n|--name <name>]", 0x0b0a0018)]
    [InlineData("set x:int8 abc", "'abc' is no value of type int8 [1c0a000a] - ", 0x1c0a000a)]
    [InlineData("exit abc", "'abc' is not a number [1c0a0008] - ", 0x1c0a0008)]
    [InlineData("sleep -1", "Unknown option '-1' [1c0a0006] - ", 0x1c0a0006)]
    [InlineData("sleep 1s", "'1s' is not a number [1c0a0008] - ", 0x1c0a0008)]
    [InlineData("sleep -- -1", "'-1' is no number of seconds [1c0a0008] - ", 0x1c0a0008)]
    [InlineData("set s:hex 24:7b:73:3a:73:74:72:69:6e:67:7d\necho ${s:string}",
        "A value expands without end [200a0010] - ", 0x200a0010)]
    public void AFailingLineStopsTheScriptAndSaysWhereAndWhy(string script, string output, uint code)
    {
        Status status = _world.Run(script.EndsWith('\\') ? script : script + "\necho never");
        Assert.Contains(output, _world.Output);
        Assert.Contains(" stopped at line ", _world.Output);
        Assert.DoesNotContain("never\n", _world.Output);
        Assert.Equal(code, status.Code);
        Assert.Equal(code, _world.Interpreter.ErrorNumber);
    }

    [Fact]
    public void ErrnoIsSetByFailureAndNotClearedBySuccess()
    {
        _world.Run("isset ${x} || echo ${errno}\necho ok\necho ${errno}");
        Assert.Equal("0x2d0a0004\nok\n0x2d0a0004\n", _world.Output);
    }

    [Fact]
    public void ValuesNeverBringInWordsOperatorsOrComments()
    {
        _world.Run("set v a b || #\niseq \"${v}\" \"a\" || echo [${v}]");
        // 'set v a b || #' stores "a b"; the expansion stays one word
        Assert.Equal("[a b]\n", _world.Output);
    }

    [Fact]
    public void AnInnerScriptEndsAloneAndItsSettingsStay()
    {
        _world.Files["inner"] = "#!ipxe\nset v from-inner\nexit\necho no";
        Assert.True(_world.Run("chain inner\necho ${v}").IsSuccess);
        Assert.Equal("from-inner\n", _world.Output);
    }

    [Fact]
    public void AnInnerFailureIsTheLinesStatus()
    {
        _world.Files["inner"] = "#!ipxe\nexit 5";
        _world.Run("chain inner || echo failed ${errno}");
        Assert.Equal("failed 0x5\n", _world.Output);
    }

    [Fact]
    public void GotoSeesOnlyTheInnermostScriptsLabels()
    {
        _world.Files["inner"] = "#!ipxe\ngoto outer-label ||\necho inner goes on";
        _world.Run("chain inner\n:outer-label echo outer");
        Assert.Equal("inner goes on\nouter\n", _world.Output);
    }

    [Fact]
    public void ReplaceEndsTheCallingScript()
    {
        _world.Files["next"] = "#!ipxe\necho next";
        _world.Files["inner"] = "#!ipxe\nchain --replace next || echo no\necho no";
        _world.Run("chain inner\necho outer");
        Assert.Equal("next\nouter\n", _world.Output);
        ScriptEnd end = _world.RunEnd("chain -r next\necho no");
        Assert.Equal("next", end.Replacement!.Name);
    }

    [Fact]
    public void ScriptsThatStartThemselvesEndInAnError()
    {
        _world.Files["self"] = "#!ipxe\nchain self";
        Status status = _world.Run("chain self");
        Assert.Equal(ScriptFailure.NestedTooDeeply.Code, status.Code);
    }

    [Fact]
    public void CtrlCEndsALoopBetweenItsLines()
    {
        _world.InterruptAfterTurns = 1000;
        Status status = _world.Run(":loop\ngoto loop ||\n");
        Assert.Equal(ScriptFailure.Cancelled.Code, status.Code);
        Assert.Contains("Cancelled [0b0a0015] - Ctrl-C was pressed", _world.Output);
    }

    [Fact]
    public void CtrlCInATransferFailsThatCommandOnly()
    {
        Status status = _world.Run("initrd slow:x || echo ${errno}\necho on");
        Assert.True(status.IsSuccess);
        Assert.Equal("Cancelled [0b0a0015] - Ctrl-C was pressed\n0xb0a0015\non\n", _world.Output);
    }

    [Fact]
    public void CtrlCBetweenTheLinesOfAnInnerScriptEndsTheInnerOneOnly()
    {
        _world.Files["inner"] = "#!ipxe\n:loop\ngoto loop";
        _world.InterruptAfterTurns = 50;
        _world.Run("chain inner || echo outer goes on");
        Assert.EndsWith("outer goes on\n", _world.Output);
    }

    [Fact]
    public async Task TheShellTakesLinesWithOperatorsButNoLabels()
    {
        foreach (string line in new[] { "set x 1 && echo ${x}", "goto x || echo ${errno}", "nonsense", "exit 3" })
            _world.TypedLines.Enqueue(line);
        Status status = await new Shell(_world.Interpreter, _world).RunAsync(default);
        Assert.Equal(3u, status.Code);
        Assert.Equal("1\nOnly possible inside a script [3d0a0003] - the prompt takes single lines and has no labels\n"
            + "0x3d0a0003\nnonsense: command not found [2e0a0001] - 'help' lists the commands; check the "
            + "spelling\n",
            _world.Output);
        Assert.All(
            _world.LineRequests,
            request => Assert.Equal(new LineRequest("iPXE> ", "", 0, true), request with { Complete = null }));
    }

    [Fact]
    public void AShellInsideAScriptReturnsItsExitToTheLine()
    {
        _world.TypedLines.Enqueue("exit 1");
        _world.Run("shell || echo failed\necho on");
        Assert.Equal("failed\non\n", _world.Output);
    }
}
