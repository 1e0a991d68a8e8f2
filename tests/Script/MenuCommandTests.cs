using System.Linq;
using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects menus and forms as scripts make them (spec/ipxe-compat.md 2.3 and 11): what is offered, what is
/// stored, what is left afterwards.</summary>
public class MenuCommandTests
{
    private readonly ScriptWorld _world = new();

    [Fact]
    public void AMenuIsPutTogetherAndItsChoiceStored()
    {
        _world.Choices.Enqueue("two");
        Assert.True(_world.Run("""
            menu A  title
            item --gap -- ---- first ----
            item one The  first
            item --key 0x18 two
            item
            choose --timeout 5000 --retimeout 1000 --default two target && echo ${target}
            """).IsSuccess);
        MenuRequest request = Assert.Single(_world.Menus);
        Assert.Equal("A title", request.Menu.Title);
        Assert.Equal(
            [
                new MenuItem(null, "---- first ----"), new MenuItem("one", "The first"), new MenuItem("two", "", 0x18),
                new MenuItem(null, ""),
            ],
            request.Menu.Items);
        Assert.Equal((2, 5000, 1000), (request.Start, request.TimeoutMs, request.RetimeoutMs));
        Assert.Equal("two\n", _world.Output);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("--default c", 3)]
    [InlineData("--default absent", 1)]
    [InlineData("--default ${unset}", 1)]
    [InlineData("-d b", 2)]
    public void AMenuBeginsAtTheNamedItemElseAtTheFirst(string options, int start)
    {
        _world.Run($"menu\nitem --gap x\nitem a\nitem b\nitem c\nchoose {options} x ||");
        Assert.Equal(start, _world.Menus.Single().Start);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("--default a", 0)]
    [InlineData("--default absent", 2)]
    public void AMarkedItemIsTheDefault(string options, int start)
    {
        _world.Run($"menu\nitem a\nitem b\nitem --default c\nchoose {options} x ||");
        Assert.Equal(start, _world.Menus.Single().Start);
    }

    [Theory]   // 11.9
    [InlineData("choose --timeout ${timeout} --default ${menu} menu || goto local\n:local")]
    [InlineData("set timeout 0\nchoose --timeout ${timeout} --default ${menu} menu || goto local\n:local")]
    public void EmptyOptionsAreNone(string lines)
    {
        Assert.True(_world.Run($"menu\nitem a\n{lines}\necho local").IsSuccess);
        Assert.Equal((0, 0), (_world.Menus.Single().Start, _world.Menus.Single().TimeoutMs));
    }

    [Theory]   // 11.26
    [InlineData("set menu main\nmenu\nitem sub\nchoose --default ${menu} menu && echo ${menu}", "sub\n")]
    [InlineData("set version 3\nmenu\nitem sub\nchoose version && echo ${version}", "sub\n")]
    [InlineData("menu\nitem sub\nchoose net0/x:hex ||\nshow net0/x", "net0/x:hex = 73:75:62\n")]
    public void AChoiceIsStoredAsText(string script, string output)
    {
        _world.Choices.Enqueue("sub");
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal(output, _world.Output);
    }

    [Theory]
    [InlineData("choose x", 0x2d0a0024)]
    [InlineData("item a", 0x2d0a0024)]
    [InlineData("menu\nchoose x", 0x2d0a0025)]
    [InlineData("menu\nitem --gap a\nchoose x", 0x2d0a0025)]
    [InlineData("menu\nitem a\nchoose x", 0x0b0a0015)]
    [InlineData("menu\nitem a\nchoose x ||\nchoose x", 0x2d0a0024)]
    [InlineData("menu\nitem a\nchoose --keep x ||\nchoose x", 0x0b0a0015)]
    [InlineData("menu --name m\nitem a", 0x2d0a0024)]
    [InlineData("menu --name m\nitem --menu m a\nchoose --menu m x", 0x0b0a0015)]
    [InlineData("menu\nmenu --delete\nitem a", 0x2d0a0024)]
    [InlineData("menu\nmenu --name m\nmenu --delete\nitem -m m a\nchoose -m m x", 0x0b0a0015)]
    [InlineData("item --gap ----- text", 0x1c0a0006)]
    [InlineData("menu\nitem -k xy a", 0x1c0a0009)]
    [InlineData("menu\nitem a\nchoose --timeout soon x", 0x1c0a0008)]
    [InlineData("menu\nitem a\nchoose", 0x460a0007)]
    [InlineData("present", 0x2d0a0024)]
    [InlineData("form\npresent", 0x2d0a0025)]
    [InlineData("form\nitem a\npresent", 0x0b0a0015)]
    [InlineData("form\nitem a\npresent ||\npresent", 0x2d0a0024)]
    [InlineData("form\nitem a\npresent -k ||\npresent", 0x0b0a0015)]
    [InlineData("login", 0x0b0a0015)]
    [InlineData("config nowhere", 0x2d0a000e)]
    [InlineData("config net0 net0", 0x460a0007)]
    [InlineData("config -x", 0x1c0a0006)]
    [InlineData("config --help", 0x0b0a0018)]
    [InlineData("console a", 0x460a0007)]
    [InlineData("console --x", 0x1c0a0006)]
    [InlineData("console --x wide", 0x1c0a0008)]
    [InlineData("console --y -1", 0x1c0a0006)]
    [InlineData("console --left 16385", 0x1c0a0008)]
    [InlineData("console --depth deep", 0x1c0a0008)]
    [InlineData("console --picture nowhere", 0x2dff0001)]
    [InlineData("console --picture bad.png", 0x2eff0004)]
    [InlineData("console --unknown", 0x1c0a0006)]
    [InlineData("console --help", 0x0b0a0018)]
    [InlineData("cpair 8", 0x1c0a0028)]
    [InlineData("cpair -f 8 1", 0x1c0a0028)]
    [InlineData("colour 10", 0x1c0a0028)]
    [InlineData("colour --basic -1 1", 0x1c0a0006)]
    [InlineData("colour --rgb red 1", 0x1c0a0008)]
    public void WhatCannotBeDoneHasItsCode(string script, uint code)
    {
        _world.Files["bad.png"] = "bad";
        Assert.Equal(code, _world.Run(script).Code);
    }

    [Fact]
    public void AFormHoldsTheSettingsAndStoresWhatIsTyped()
    {
        _world.Entries.Enqueue(["", "new", "10.0.0.9", ""]);
        Assert.True(_world.Run("""
            set hostname old
            set gone yes
            form -n f Who are you
            item -f f
            item --form f hostname Name
            item --form f net0/ip Address
            item --form f --secret gone Key
            present --form f && echo ${hostname} ${net0/ip} [${gone}]
            """).IsSuccess, _world.Output);
        FormRequest request = Assert.Single(_world.Forms);
        Assert.Equal(["", "old", "", "yes"], request.Presets);
        Assert.True(request.Form.Items[3].IsSecret && !request.EndsBehindLast);
        Assert.Equal("new 10.0.0.9 []\n", _world.Output);
    }

    [Fact]
    public void LoginAsksForNameAndPassword()
    {
        _world.Entries.Enqueue(["me", "secret"]);
        Assert.True(_world.Run("set username you\nlogin && echo ${username} ${password}").IsSuccess);
        Assert.Equal("me secret\n", _world.Output);
        Assert.Equal(["you", ""], _world.Forms.Single().Presets);
        Assert.Equal([false, true], _world.Forms.Single().Form.Items.Select(it => it.IsSecret));
    }

    [Theory]
    [InlineData("config", "<>")]
    [InlineData("config --", "<>")]
    [InlineData("config net0", "<net0>")]
    [InlineData("config netX", "<net0>")]
    [InlineData("set a.b/c 1\nconfig a.b", "<a.b>")]
    public void ConfigShowsTheBlockItIsGiven(string script, string block)
    {
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal($"edit settings of {block}", Assert.Single(_world.Deeds));
    }

    [Theory]
    [InlineData("console", "show text")]
    [InlineData("console --keep", "show text")]
    [InlineData("console --x 800 --y 600", "show nothing on 800x600, margins 0 0 0 0")]
    [InlineData("console -x800 -y600 -d32", "show nothing on 800x600, margins 0 0 0 0")]
    [InlineData("console --depth 32", "show nothing on 0x0, margins 0 0 0 0")]
    [InlineData("console --picture a.png", "fetch a.png", "show a.png on 0x0, margins 0 0 0 0")]
    [InlineData("console -p a.png -l 1 -r 2 -t 3 -b 4", "fetch a.png", "show a.png on 0x0, margins 1 2 3 4")]
    [InlineData("imgfetch a.png\nconsole --picture a.png --left 1 --right 2 --top 3 --bottom 4 --x 0x10", "fetch a.png",
        "show a.png on 16x0, margins 1 2 3 4")]
    public void ConsoleShowsPicturesOrText(string script, params string[] deeds)
    {
        _world.Files["a.png"] = "good";
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal(deeds, _world.Deeds);
    }

    [Theory]
    [InlineData("console --picture a.png", "")]
    [InlineData("console --picture a.png --keep", "a.png")]
    [InlineData("console --picture bad.png ||", "")]
    [InlineData("console --picture bad.png -k ||", "bad.png")]
    public void ThePictureIsFreedUnlessItIsKept(string script, string left)
    {
        _world.Files["a.png"] = "good";
        _world.Files["bad.png"] = "bad";
        _world.Run(script);
        Assert.Equal(left, string.Join(' ', ((IImages)_world).All.Select(it => it.Name)));
    }

    [Fact]
    public void ColoursAreThoseOfThePairsOrOthers()
    {
        Assert.Equal((7, 4), _world.Colours.Look(ColourPairs.Normal));
        Assert.Equal((0, 6), _world.Colours.Look(ColourPairs.Editable));
        Assert.True(_world.Run("cpair --foreground 2 --background 9 1\ncpair -b 3 4\ncolour --basic 5 6").IsSuccess);
        Assert.Equal((2, 9), _world.Colours.Look(ColourPairs.Normal));
        Assert.Equal((0, 3), _world.Colours.Look(ColourPairs.Editable));
        Assert.Equal((5, 4), _world.Colours.Look(ColourPairs.Separator));
    }

    [Fact]
    public void AColourMayBeExactOnAPicture()
    {
        Assert.True(_world.Run("colour --rgb 0x102030 6\ncolour --basic 2 --rgb 0x1abcdef 7").IsSuccess);
        Assert.Equal((new Colour(6, 0x102030), 4), _world.Colours.Look(ColourPairs.Separator));
        Assert.Equal((new Colour(2, 0xabcdef), 4), _world.Colours.Look(ColourPairs.Normal));
        Assert.True(_world.Run("colour 6").IsSuccess);
        Assert.Equal((6, 4), _world.Colours.Look(ColourPairs.Separator));
    }

    [Theory]
    [InlineData("console --picture a.png", 9)]
    [InlineData("console --picture a.png\ncolour --rgb 0x0000aa 4", 4)]      // blue is to be seen
    [InlineData("console --picture a.png\ncpair --background 1 1", 1)]
    [InlineData("console --picture a.png\nconsole", 4)]
    [InlineData("console --picture a.png\nconsole --x 800", 4)]
    [InlineData("console --picture bad.png ||", 4)]
    public void APictureIsSeenBehindWhatWouldBeBlue(string script, int background)
    {
        _world.Files["a.png"] = "good";
        _world.Files["bad.png"] = "bad";
        Assert.True(_world.Run(script).IsSuccess);
        Assert.Equal(background, _world.Colours.Look(ColourPairs.Normal).Background.Basic);
    }

    [Fact]
    public void MenusWithoutEndAreStopped()
    {
        Assert.Equal(0x230a0026u, _world.Run("menu\n:again\nitem a\ngoto again").Code);
        Assert.Equal(0x340a0027u, _world.Run(":again\ninc i\nmenu --name ${i}\ngoto again").Code);
    }
}
