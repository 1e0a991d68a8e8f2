using System.Collections.Generic;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects the settings tree: who answers, what is stored where, numbers against names (spec 3.1 to
/// 3.3).</summary>
public class SettingsTests
{
    private readonly ScriptWorld _world = new();

    private SettingsStore Settings => _world.Settings;

    [Fact]
    public void EverySettingOfTheTableHasItsTypeAndTag()
    {
        var names = new HashSet<string>();
        foreach (SettingKey declared in DeclaredSettings.All)
        {
            names.Add(declared.Name);
            Assert.NotNull(declared.Type);
        }
        Assert.Equal(74, names.Count);
        Assert.Equal(79, DeclaredSettings.All.Count);
    }

    [Fact]
    public void TheRootHidesTheBuiltInOfTheSameName()
    {
        Assert.Equal("9.9", _world.Expand("${version}"));
        Settings.StoreText("version", "3.0.2");
        Assert.Equal("3.0.2", _world.Expand("${version}"));
        Assert.Equal("9.9", _world.Expand("${builtin/version}"));
        Settings.Clear("version");
        Assert.Equal("9.9", _world.Expand("${version}"));
    }

    [Fact]
    public void NumericNamesAreTagsAndMeanTheDeclaredSetting()
    {
        Settings.StoreText("root-path", "iscsi:x");
        Assert.Equal("iscsi:x", _world.Expand("${17}"));
        Assert.Equal("iscsi:x", _world.Expand("${0x11}"));
        Settings.StoreText("menu/12", "y");
        Assert.Equal("y", _world.Expand("${hostname}"));
        Assert.Equal("y", _world.Expand("${menu/hostname}"));
        Settings.StoreText("210", "z");
        Assert.Equal("z", _world.Expand("${210}"));
        Assert.Equal("", _world.Expand("${211}"));
    }

    [Fact]
    public void MadeUpScopesAnswerForPlainNames()
    {
        Settings.StoreText("myscope/var", "x");
        Assert.Equal("x", _world.Expand("${var}"));
        Settings.StoreText("var", "nearer");
        Assert.Equal("nearer", _world.Expand("${var}"));
        Assert.Equal("x", _world.Expand("${myscope/var}"));
        Settings.StoreText("a.b.c/deep", "d");
        Assert.Equal("d", _world.Expand("${a.b.c/deep}"));
        Assert.Equal("d", _world.Expand("${a/deep}"));
        Assert.Equal("d", _world.Expand("${deep}"));
    }

    [Fact]
    public void AnInterfaceIsAskedBeforeItsLeaseAndTheAliasBeforeTheOthers()
    {
        SettingsBlock net0 = Settings.FindBlock("net0")!;
        Settings.Register(new PlainBlock("dhcp"), net0);
        Settings.StoreText("net0.dhcp/filename", "lease");
        Assert.Equal("lease", _world.Expand("${filename}"));
        Assert.Equal("lease", _world.Expand("${net0/filename}"));
        Assert.Equal("lease", _world.Expand("${netX.dhcp/filename}"));
        Settings.StoreText("net0/filename", "static");
        Assert.Equal("static", _world.Expand("${filename}"));
        Assert.Equal("lease", _world.Expand("${net0.dhcp/filename}"));
        Assert.True(Settings.TryFind(SettingName.Parse("filename"), out FoundSetting found));
        Assert.Equal("net0/filename:string", found.FullName);
    }

    [Fact]
    public void AHigherPriorityIsAskedFirstWheneverItChanges()
    {
        Settings.StoreText("one/x", "1");
        Settings.StoreText("two/x", "2");
        Assert.Equal("1", _world.Expand("${x}"));
        Settings.StoreText("two/175.1:int8", "5");
        Assert.Equal("2", _world.Expand("${x}"));
        Settings.StoreText("two/priority", "-1");
        Assert.Equal("1", _world.Expand("${x}"));
        Settings.Clear("two/priority");
        Settings.StoreText("one/priority", "-1");
        Assert.Equal("2", _world.Expand("${x}"));
    }

    [Fact]
    public void AHigherOrderWinsAmongEqualPriorities()
    {
        Settings.Register(new PlainBlock("low", order: -5), Settings.Root);
        Settings.Register(new PlainBlock("high", order: 5), Settings.Root);
        Settings.StoreText("low/x", "low");
        Settings.StoreText("later/x", "later");
        Assert.Equal("later", _world.Expand("${x}"));
        Settings.StoreText("high/x", "high");
        Assert.Equal("high", _world.Expand("${x}"));
    }

    [Fact]
    public void ASecondBlockOfTheSameNameReplacesTheFirst()
    {
        Settings.StoreText("scope/x", "old");
        Settings.Register(new PlainBlock("scope"), Settings.Root);
        Assert.Equal("", _world.Expand("${scope/x}${x}"));
    }

    [Fact]
    public void EveryChangeIsToldToTheAppliers()
    {
        int told = 0;
        Settings.AddApplier(() => told++);
        Settings.StoreText("net0/ip", "10.0.0.1");
        Settings.Clear("net0/ip");
        var block = new PlainBlock("b");
        Settings.Register(block, Settings.Root);
        Settings.Remove(block);
        Settings.Increase("n", 1);
        Assert.Equal(5, told);
        Settings.Clear("absent");
        Settings.Remove(block);
        Assert.Equal(5, told);
    }

    [Fact]
    public void TypesStickUntilTheNextStore()
    {
        Settings.StoreText("space:hex", "20:20");
        Assert.Equal("20:20", _world.Expand("${space}"));
        Settings.StoreText("space", _world.Expand("${space:string}"));
        Assert.Equal("  ", _world.Expand("${space}"));
        Settings.StoreText("idx:int32", "-1");
        Assert.Equal("-1", _world.Expand("${idx}"));
        Settings.StoreText("idx", "-1");
        Assert.Equal("2d31", _world.Expand("${idx:hexraw}"));
    }

    [Fact]
    public void DeclaredSettingsKeepTheirTypeAndRefuseOtherText()
    {
        Settings.StoreText("net0/ip", "10.1.2.3");
        Assert.Equal("0a010203", _world.Expand("${net0/ip:hexraw}"));
        Assert.Equal(ScriptFailure.BadValue,
            Assert.Throws<BootFailure>(() => Settings.StoreText("ip", "host.name")).Kind);
        Assert.Equal(ScriptFailure.UnknownType,
            Assert.Throws<BootFailure>(() => Settings.StoreText("x:float", "1")).Kind);
        Assert.Equal("10.1.2.3", _world.Expand("${ip}"));
    }

    [Fact]
    public void BuiltInSettingsAndTheEmptyAliasCannotBeStored()
    {
        Assert.Equal(ScriptFailure.ReadOnlySetting,
            Assert.Throws<BootFailure>(() => Settings.StoreText("builtin/version", "1")).Kind);
        Settings.Remove(Settings.FindBlock("net0")!);
        Assert.Equal(ScriptFailure.ReadOnlySetting,
            Assert.Throws<BootFailure>(() => Settings.StoreText("netX/ip", "10.0.0.1")).Kind);
        Assert.Equal("", _world.Expand("${netX/ip}"));
    }

    [Fact]
    public void IncreaseWorksInTheSettingsOwnTypeAndWraps()
    {
        Settings.Increase("n", 1);
        Settings.Increase("n", 41);
        Assert.Equal("42", _world.Expand("${n}"));
        Settings.StoreText("b:int8", "127");
        Settings.Increase("b", 1);
        Assert.Equal("-128", _world.Expand("${b}"));
        Settings.StoreText("u:uint8", "255");
        Settings.Increase("u", 2);
        Assert.Equal("0x1", _world.Expand("${u}"));
        Settings.Increase("u:uint32", 0xff);
        Assert.Equal("0x100", _world.Expand("${u}"));
        Settings.StoreText("max:int32", "0x7fffffff");
        Settings.Increase("max", 1);
        Assert.Equal("-2147483648", _world.Expand("${max}"));
        Assert.Equal(ScriptFailure.NoSuchScope, Assert.Throws<BootFailure>(() => Settings.Increase("no/n", 1)).Kind);
        Settings.StoreText("long:hexraw", "0102030405060708090a");
        Assert.Equal(ScriptFailure.NumberTooLarge, Assert.Throws<BootFailure>(() => Settings.Increase("long", 1)).Kind);
    }

    [Fact]
    public void ScopesMadeByScriptsAreNotNestedForEver()
    {
        string path = string.Join('.', System.Linq.Enumerable.Repeat("s", 5000));
        Assert.Equal(ScriptFailure.NoSuchScope,
            Assert.Throws<BootFailure>(() => Settings.StoreText($"{path}/x", "1")).Kind);
        Assert.Equal("", _world.Expand($"${{{path}/x}}"));
    }
}
