using System;
using System.Text;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects how files become scripts, lines, labels and words (spec/ipxe-compat.md 1.1 to 1.3).</summary>
public class LexerTests
{
    [Theory]
    [InlineData("#!ipxe\n", true)]
    [InlineData("#!gpxe\r\necho", true)]
    [InlineData("#!ipxe ", true)]
    [InlineData("#!ipxe\techo", true)]
    [InlineData("#!ipxe", false)]
    [InlineData("#!ipxes\n", false)]
    [InlineData("#!iPXE\n", false)]
    [InlineData("\n#!ipxe\n", false)]
    [InlineData(" #!ipxe\n", false)]
    [InlineData("\uFEFF#!ipxe\n", false)]
    [InlineData("", false)]
    [InlineData("MZ", false)]
    public void AScriptIsRecognisedByItsFirstSevenBytesOnly(string text, bool expected) =>
        Assert.Equal(expected, ScriptSource.IsScript(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("a\nb", "1 a|2 b")]
    [InlineData("a\r\nb\r\n", "1 a|2 b")]
    [InlineData("a\r\r\n", "1 a\r")]
    [InlineData("a\n\nb", "1 a|2 |3 b")]
    [InlineData("foo\\\nbar", "1 foobar")]
    [InlineData("foo \\\n  bar", "1 foo   bar")]
    [InlineData("foo \\\r\n  bar\r\nc", "1 foo   bar|3 c")]
    [InlineData("a\\\nb\\\nc\nd", "1 abc|4 d")]
    [InlineData("a\\ \nb", "1 a\\ |2 b")]
    [InlineData("a\\", "1 a!")]
    [InlineData("a\\\n", "1 a!")]
    [InlineData("a\\\nb\\\n", "1 ab!")]
    [InlineData("", "")]
    public void LinesEndAtLineFeedsAndBackslashesGlueThem(string text, string expected)
    {
        var lines = new StringBuilder();
        foreach (ScriptLine line in new ScriptSource("t", text).Lines)
            lines.Append(lines.Length > 0 ? "|" : "").Append(line.Number).Append(' ').Append(line.Text)
                .Append(line.IsUnfinished ? "!" : "");
        Assert.Equal(expected, lines.ToString());
    }

    [Theory]
    [InlineData(":loop", "loop", "")]
    [InlineData(":loop isset x || goto done", "loop", " isset x || goto done")]
    [InlineData("\t :52:54:00:12:34:56 echo", "52:54:00:12:34:56", " echo")]
    [InlineData(":", "", "")]
    [InlineData("::", ":", "")]
    [InlineData(":a#b", "a#b", "")]
    [InlineData(":a\\\nb", "ab", "")]
    [InlineData("echo :no", null, "echo :no")]
    public void ALabelIsAColonWordAndItsLineGoesOnAsACommand(string text, string? label, string rest)
    {
        ScriptLine line = new ScriptSource("t", text).Lines[0];
        Assert.Equal(label, line.Label);
        Assert.Equal(rest, line.Text);
    }

    [Theory]
    [InlineData("echo a b", "Always:echo,a,b")]
    [InlineData("  a\t\vb \r", "Always:a,b")]
    [InlineData("a || b && c ; d", "Always:a Failed:b Succeeded:c Always:d")]
    [InlineData("a||b", "Always:a||b")]
    [InlineData("a | b & c > $(d)", "Always:a,|,b,&,c,>,$(d)")]
    [InlineData("foo ||", "Always:foo Failed:")]
    [InlineData("|| foo", "Always: Failed:foo")]
    [InlineData("set x 1  # a note || b", "Always:set,x,1")]
    [InlineData("chain http://h/p#f", "Always:chain,http://h/p#f")]
    [InlineData("#!ipxe", "Always:")]
    [InlineData("a && # b", "Always:a Succeeded:")]
    [InlineData("echo \"a b\" 'c\\ d'", "Always:echo,\"a,b\",'c\\,d'")]
    [InlineData("", "Always:")]
    [InlineData("echo ${x || y}", "Always:echo,${x Failed:y}")]
    public void OperatorsAndCommentsAreWholeWordsAndThereIsNoQuoting(string line, string expected)
    {
        var parts = new StringBuilder();
        foreach (LinePart part in CommandLine.Split(line))
            parts.Append($"{(parts.Length > 0 ? " " : "")}{part.When}:{string.Join(',', part.Words)}");
        Assert.Equal(expected, parts.ToString());
    }

    [Fact]
    public void TheFirstOfTwoEqualLabelsIsFound()
    {
        var script = new ScriptSource("t", "a\n:x\n:y\n:x\n");
        Assert.Equal(1, script.FindLabel("x"));
        Assert.Equal(2, script.FindLabel("y"));
        Assert.Equal(-1, script.FindLabel("z"));
        Assert.Equal(-1, script.FindLabel(""));
    }

    [Fact]
    public void AScriptOfAMegabyteIsReadAndALongerOneRefused()
    {
        string line = new string('x', 1023) + "\n";
        var text = new StringBuilder();
        for (int i = 0; i < 1024; i++) text.Append(line);
        Assert.Equal(1024, new ScriptSource("t", text.ToString()).Lines.Count);
        var failure = Assert.Throws<BootFailure>(() => new ScriptSource("t", text + "y"));
        Assert.Equal(ScriptFailure.ScriptTooLarge, failure.Kind);
    }

    [Fact]
    public void RandomBytesNeverBreakTheLexer()
    {
        var random = new Random(20261121);
        const string Alphabet = "a:\\\r\n #|&;${}\0\u00ff\t";
        for (int round = 0; round < 5000; round++)
        {
            char[] text = new char[random.Next(40)];
            for (int i = 0; i < text.Length; i++) text[i] = Alphabet[random.Next(Alphabet.Length)];
            var world = new ScriptWorld();
            foreach (ScriptLine line in new ScriptSource("t", new string(text)).Lines)
            {
                foreach (LinePart part in CommandLine.Split(line.Text))
                {
                    foreach (string word in part.Words) Assert.NotNull(world.Expand(word));
                }
            }
        }
    }
}
