using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>${…}</c>: order, nesting, re-expansion, and that it always ends (spec/ipxe-compat.md 1.4, 1.5).
/// </summary>
public class ExpansionTests
{
    private readonly ScriptWorld _world = new();

    public ExpansionTests()
    {
        _world.Settings.StoreText("a", "A");
        _world.Settings.StoreText("name", "a");
        _world.Settings.StoreText("idx:int32", "0");
        _world.Settings.StoreText("two", "x y");
        _world.Settings.StoreText("op", "||");
        _world.Settings.StoreText("indirect", "${a}${name}");
        _world.Settings.StoreText("net0/mac:hex", "52:54:00:12:34:56");
        _world.Settings.StoreText("open", "${");
        _world.Settings.StoreText("high:hex", "ff:00:c3:a4");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("${a}", "A")]
    [InlineData("x${a}y${a}z", "xAyAz")]
    [InlineData("${${name}}", "A")]
    [InlineData("${net${idx}/mac}", "52:54:00:12:34:56")]
    [InlineData("${net${idx}/mac:hexhyp}", "52-54-00-12-34-56")]
    [InlineData("${net${idx}/mac:hexraw}", "525400123456")]
    [InlineData("${netX/mac}", "52:54:00:12:34:56")]
    [InlineData("${mac}", "52:54:00:12:34:56")]
    [InlineData("${indirect}", "Aa")]
    [InlineData("${two}", "x y")]
    [InlineData("${op}", "||")]
    [InlineData("${}", "")]
    [InlineData("${unknown}", "")]
    [InlineData("${a:unknown}", "")]
    [InlineData("${nowhere/a}", "")]
    [InlineData("${net9.dhcp/root-path}", "")]
    [InlineData("${a", "${a")]
    [InlineData("$a {a} $ } ${", "$a {a} $ } ${")]
    [InlineData("}${a}", "}A")]
    [InlineData("$${a}", "$A")]
    [InlineData("${${a}", "${A")]
    [InlineData("${open}a}", "A")]
    [InlineData("${high:hexraw}", "ff00c3a4")]
    [InlineData("${high:string}", "\u00ff\0\u00c3\u00a4")]
    [InlineData("${a:hex}", "41")]
    [InlineData("${version}", "9.9")]
    [InlineData("${builtin/version}", "9.9")]
    public void ReferencesAreReplacedInnermostFirstUntilNoneIsLeft(string text, string expected) =>
        Assert.Equal(expected, _world.Expand(text));

    [Theory]
    [InlineData("self", "${self}")]
    [InlineData("self", "x${self}")]
    [InlineData("self", "${self}${self}")]
    [InlineData("self", "${other}")]
    public void AValueThatNamesItselfEndsInAnError(string name, string value)
    {
        _world.Settings.StoreText(name, value);
        _world.Settings.StoreText("other", "${self}");
        var failure = Assert.Throws<BootFailure>(() => _world.Expand("${self}"));
        Assert.Equal(0x20u, failure.Kind.Code >> 24);
    }

    [Fact]
    public void AValueThatDoublesEndsInAnErrorLongBeforeMemoryDoes()
    {
        _world.Settings.StoreText("d0", new string('x', 1000));
        for (int i = 1; i < 20; i++) _world.Settings.StoreText($"d{i}", $"${{d{i - 1}}}${{d{i - 1}}}");
        var failure = Assert.Throws<BootFailure>(() => _world.Expand("${d19}"));
        Assert.Contains(failure.Kind, new[] { ScriptFailure.ExpansionTooLong, ScriptFailure.EndlessExpansion });
    }

    [Fact]
    public void ALongCommandLineIsNoTrouble()
    {
        string word = new('k', 60_000);
        _world.Settings.StoreText("long", word);
        Assert.Equal(word + word, _world.Expand("${long}${long}"));
    }

    [Theory]
    [InlineData("ip", "", "ip", null)]
    [InlineData("net0/ip", "net0", "ip", null)]
    [InlineData("net0.dhcp/43.116:string", "net0.dhcp", "43.116", "string")]
    [InlineData("x:int32", "", "x", "int32")]
    [InlineData("/x", "", "x", null)]
    [InlineData("a:b/c:d:e", "a:b", "c", "d:e")]
    [InlineData("pci/0.0.2:hexraw", "pci", "0.0.2", "hexraw")]
    [InlineData("a/b/c", "a", "b/c", null)]
    public void ASettingNameHasScopeNameAndType(string text, string scope, string name, string? type) =>
        Assert.Equal(new SettingName(scope, name, type), SettingName.Parse(text));

    [Theory]
    [InlineData("17", 17)]
    [InlineData("175.8", 175 << 8 | 8)]
    [InlineData("43.116", 43 << 8 | 116)]
    [InlineData("0x11", 17)]
    [InlineData("010", 8)]
    [InlineData("4.0.5.0", 0x04000500)]
    [InlineData("filename", 0)]
    [InlineData("1x", 0)]
    [InlineData("1.", 0)]
    [InlineData(".1", 0)]
    [InlineData("09", 0)]
    [InlineData("", 0)]
    [InlineData("0x", 0)]
    public void ANumericNameIsATag(string name, ulong tag) => Assert.Equal(tag, SettingName.ReadTag(name));
}
