using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the rules of the language one by one, in the order of spec/ipxe-compat.md 1: what is taken, what
/// is refused, and that whatever could go on for ever or grow without bound ends.</summary>
public class LanguageTests
{
    private readonly ScriptWorld _world = new();

    [Theory]   // 1.2: lines, continuation, labels
    [InlineData("echo a\\\r\nb\r\necho c\r", "ab\nc\n")]
    [InlineData("echo a \\\n  b\\\n\\\n c", "a b c\n")]
    [InlineData("ec\\\nho a", "a\n")]
    [InlineData("echo ${\\\nx}", "\n")]
    [InlineData("# a comment goes on \\\necho no\necho yes", "yes\n")]
    [InlineData("  \t:a echo labelled", "labelled\n")]
    [InlineData("goto a:b-1.2/c\necho no\n:a:b-1.2/c\techo yes", "yes\n")]
    [InlineData("set x b\ngoto a${x}\n:a${x} echo no\nexit\n:ab echo yes", "yes\n")]
    [InlineData("goto a\n:a#1 echo no\n:a # echo no\necho yes", "yes\n")]
    [InlineData("goto x\n# :x echo no\necho no :x\n :x echo yes", "yes\n")]
    [InlineData("goto x\nset a \\\n:x\necho no\n:x echo yes", "yes\n")]
    [InlineData(": echo an empty label", "an empty label\n")]
    [InlineData("#!gpxe\necho a", "a\n")]
    [InlineData("\v\f echo a\vb", "a b\n")]
    public void LinesAndLabels(string script, string output) => Expect(script, output, 0);

    [Theory]   // 1.3: operators and comments
    [InlineData("iseq a b || echo 1 || echo 2 && echo 3", "1\n3\n", 0)]
    [InlineData("echo 1 && iseq a b && echo 2 || echo 3 && echo 4", "1\n3\n4\n", 0)]
    [InlineData("iseq a b ; iseq a a || echo 1", "", 0)]
    [InlineData("iseq a a ; iseq a b", "", 0x460a0005)]
    [InlineData("iseq a b && echo 1 && echo 2", "", 0x460a0005)]
    [InlineData("iseq a b || isset ${x}", "", 0x2d0a0004)]
    [InlineData("iseq a b &&", "", 0x460a0005)]
    [InlineData("iseq a b ||", "", 0)]
    [InlineData("iseq a b ;", "", 0)]
    [InlineData("&& echo 1", "1\n", 0)]
    [InlineData("|| echo 1", "", 0)]
    [InlineData("echo 1 ;; echo 2", "1 ;; echo 2\n", 0)]
    [InlineData("echo 1|| echo 2", "1|| echo 2\n", 0)]
    [InlineData("echo a#b #c || echo d", "a#b\n", 0)]
    [InlineData("iseq a b || # nothing", "", 0)]
    [InlineData("echo ( a ) & b | c > d < e `f` $(g) \\h", "( a ) & b | c > d < e `f` $(g) \\h\n", 0)]
    public void OperatorsRunFromLeftToRight(string script, string output, uint code) => Expect(script, output, code);

    [Theory]   // 1.4: what expands, and when
    [InlineData("set c echo\n${c} a", "a\n")]
    [InlineData("set o --\necho ${o} -n", "-n\n")]
    [InlineData("set o -n\necho ${o} a", "a")]
    [InlineData("set h:hex 23\necho a ${h:string} b", "a # b\n")]
    [InlineData("set a x\nset b y\niseq a b || echo ${a} ${a ${b} ||", "x ${a y\n")]
    [InlineData("iseq a b && echo ${self} ; echo on", "on\n")]
    [InlineData("set n a\nset a-1 one\necho ${${n}-1}", "one\n")]
    [InlineData("set a 1\nset b ${a}\nset a 2\necho ${b}", "1\n")]
    [InlineData("set d:hex 24\nset a 1\nset b ${d:string}{a}\nset a 2\necho ${b}", "1\n")]
    [InlineData("echo [${}][${:}][${/}][${a:}][${a/}][${:string}]", "[][][][][][]\n")]
    [InlineData("set a/b:hex 41\necho ${a/b:string} ${a/b} ${a./b} ${.a/b}", "A 41 41 41\n")]
    public void ExpansionHappensPerWordWhenTheCommandRuns(string script, string output)
    {
        _world.Settings.StoreText("self", "${self}");
        Expect(script, output, 0);
    }

    [Theory]   // 1.6: flow
    [InlineData("iseq a b\necho no", "test stopped at line 2", 0x460a0005)]
    [InlineData("goto x ; echo no\necho no\n:x iseq a b", "test stopped at line 4", 0x460a0005)]
    [InlineData("echo a \\\nb && \\\niseq a b", "test stopped at line 2", 0x460a0005)]
    [InlineData("exit 1 || echo no\necho no", "", 1)]
    [InlineData("exit 1 ; echo no", "", 1)]
    [InlineData("exit ${unset}", "", 0)]
    [InlineData("exit -- -1", "", 0xffffffff)]
    [InlineData("exit 0x100000001", "", 1)]
    [InlineData("exit 010", "", 8)]
    public void AScriptEndsAtItsFirstFailureOrItsExit(string script, string output, uint code)
    {
        Assert.Equal(code, _world.Run(script).Code);
        Assert.Contains(output, _world.Output);
        Assert.DoesNotContain("no\n", _world.Output);
    }

    [Theory]   // 1.7: numbers and keys as arguments
    [InlineData("sleep ${unset}", 0)]
    [InlineData("sleep +1", 0)]
    [InlineData("sleep 0x", 0x1c0a0008)]
    [InlineData("sleep 08", 0x1c0a0008)]
    [InlineData("sleep 1.5", 0x1c0a0008)]
    [InlineData("sleep 99999999999", 0x1c0a0008)]
    [InlineData("inc i 1x", 0x1c0a0008)]
    [InlineData("inc i ${unset}", 0)]
    [InlineData("prompt --timeout=-1", 0x1c0a0008)]
    [InlineData("prompt --timeout 0x100000000", 0x1c0a0008)]
    [InlineData("prompt --timeout -1", 0x1c0a0006)]
    [InlineData("prompt --key ${unset} --timeout 1", 0)]
    [InlineData("prompt --key 0x110000 --timeout 1", 0x0b0a0016)]
    [InlineData("prompt --key=-1", 0x1c0a0009)]
    public void NumbersAreReadWhole(string line, uint code)
    {
        _world.Keys.Enqueue('x');
        Assert.Equal(code, _world.Run(line).Code);
    }

    [Theory]   // 1.7: special keys, as scripts write them
    [InlineData("0x107e", 0x11107e)]
    [InlineData("0x141", 0x110141)]
    [InlineData("0x1107e", 0x12107e)]
    [InlineData("0x110141", 0x110141)]
    [InlineData("0x7f", 0x7f)]
    [InlineData("0x80", 0x110080)]
    [InlineData("65", 'A')]
    [InlineData("7", '7')]
    [InlineData("07", 7)]
    [InlineData("#", '#')]
    [InlineData("\u00e9", 0xe9)]
    [InlineData("", 0)]
    public void KeysAreOneCharacterOrANumber(string text, int key) =>
        Assert.Equal(key, KeyText.Read(ByteText.FromUnicode(text)));

    [Theory]   // 1.9: the top byte
    [InlineData("nothing", 0x2e)]
    [InlineData("goto nowhere", 0x2d)]
    [InlineData("isset", 0x46)]
    [InlineData("iseq a b", 0x46)]
    [InlineData("echo --x", 0x1c)]
    [InlineData("echo --help", 0x0b)]
    [InlineData("set x:int8 y", 0x1c)]
    [InlineData("set x:float 1", 0x3c)]
    [InlineData("set builtin/version 1", 0x47)]
    [InlineData("show x", 0x2d)]
    [InlineData("prompt --timeout 1", 0x4c)]
    [InlineData("ifopen net9", 0x2c)]
    [InlineData("imgfree x", 0x2d)]
    [InlineData("boot", 0x2d)]
    public void ErrnoHasIpxesTopByte(string line, uint error)
    {
        _world.Run($"{line} || echo ${{errno}}");
        Assert.Equal(error, _world.Interpreter.ErrorNumber >> 24);
        Assert.Contains($"0x{_world.Interpreter.ErrorNumber:x}\n", _world.Output);
    }

    [Fact]   // 1.10
    public async Task AShellsLineHasNoLabelAndNoContinuation()
    {
        foreach (string line in new[] { ":x echo a", "echo a\\", "  # nothing", "", "exit" })
            _world.TypedLines.Enqueue(line);
        await new Shell(_world.Interpreter, _world).RunAsync(default);
        Assert.StartsWith(":x: command not found", _world.Output);
        Assert.EndsWith("a\\\n", _world.Output);
    }

    [Fact]
    public void ACommandThatRunsCommandsDoesSoOnlySoOften()
    {
        string wraps = string.Concat(Enumerable.Repeat("time ", 32));
        Assert.Equal(0u, _world.Run(wraps + "echo deep").Code);
        Assert.StartsWith("deep\n", _world.Output);
        Assert.Equal(ScriptFailure.NestedTooDeeply.Code, _world.Run(wraps + "time echo deeper").Code);
        string endless = string.Concat(Enumerable.Repeat("time ", 20_000));
        Assert.Equal(ScriptFailure.NestedTooDeeply.Code, _world.Run(endless).Code);
    }

    [Fact]
    public async Task ShellsInShellsEndInAnError()
    {
        for (int i = 0; i < 100; i++) _world.TypedLines.Enqueue("shell");
        for (int i = 0; i < 100; i++) _world.TypedLines.Enqueue("exit");
        await new Shell(_world.Interpreter, _world).RunAsync(default);
        Assert.Contains("[200a0012]", _world.Output);
    }

    [Fact]
    public void TheWordsOfOneCommandTogetherAreBounded()
    {
        _world.Settings.StoreText("a", new string('a', Expansion.LengthMax));
        Assert.Equal(0u, _world.Run("isset ${a} && iseq ${a} ${a}").Code);
        string many = string.Concat(Enumerable.Repeat("${a} ", 50_000));
        Assert.Equal(ScriptFailure.ExpansionTooLong.Code, _world.Run($"set b {many}").Code);
        Assert.Equal(ScriptFailure.ExpansionTooLong.Code, _world.Run(":x set a ${a} ${a}\ngoto x").Code);
    }

    [Theory]
    [InlineData(":x inc i\nset v${i} ${a}\ngoto x")]
    [InlineData(":x inc i\nset s${i}/v 1\ngoto x")]
    [InlineData(":x inc i\nset s.t${i}/v ${a}\ngoto x")]
    public void AScriptThatStoresWithoutEndIsStoppedAndWhatItClearsIsFree(string script)
    {
        _world.Settings.StoreText("a", new string('a', 60_000));
        Assert.Equal(ScriptFailure.TooManySettings.Code, _world.Run(script).Code);
        _world.Settings.Clear("a");
        Assert.True(_world.Run("clear v1\nclear v2\nset after 1\necho ${after}").IsSuccess);
        Assert.EndsWith("1\n", _world.Output);
    }

    [Fact]
    public void OverwritingForEverNeedsNoRoom()
    {
        _world.Settings.StoreText("a", new string('a', 20_000));
        Assert.True(_world.Run(":x inc i\nset b ${a}\niseq ${i} 1000 || goto x").IsSuccess);
    }

    [Theory]   // 1.1: a script is bytes, and bytes come through
    [InlineData("echo \u00e4\u2603")]
    [InlineData("echo \ud83d\ude00")]
    public void TextOfAnyAlphabetComesOutAsItWent(string line)
    {
        Assert.True(_world.Run(line).IsSuccess);
        Assert.Equal(line[5..] + "\n", ByteText.ToUnicode(_world.Output));
    }

    [Fact]
    public void EveryByteButTheSeparatorsIsAWord()
    {
        var script = new StringBuilder();
        for (char c = '\0'; c <= 0xff; c++)
        {
            if (!ByteText.IsSpace(c)) script.Append("x").Append(c);
        }
        Assert.Single(CommandLine.Split(script.ToString())[0].Words);
        foreach (char c in " \t\v\f\r") Assert.Equal(2, CommandLine.Split($"a{c}b")[0].Words.Count);
    }

    private void Expect(string script, string output, uint code)
    {
        Status status = _world.Run(script);
        Assert.Equal(code, status.Code);
        int stopped = _world.Output.IndexOf("test stopped", StringComparison.Ordinal);
        Assert.Equal(output, stopped < 0 ? _world.Output : _world.Output[..stopped]);
    }
}
