using System.Linq;
using Bootlace.Boot;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects the keyboard maps: iPXE's 30 names, and what their keys give where they differ from a US
/// keyboard (spec 3.5).</summary>
public class KeymapTests
{
    [Fact]
    public void TheNamesAreThose30OfTheSpecification()
    {
        const string names = "al by cf cz de dk es et fi fr gr hu il it lt mk mt nl no no-latin1 pl pt ro ru se sg "
            + "sr-latin ua uk us";
        Assert.Equal(names, string.Join(' ', Keymap.Names));
        Assert.Null(Keymap.Find("xx"));
        Assert.Null(Keymap.Find(""));
    }

    [Theory]
    [InlineData("de", "yz YZ@&-/_?[]", "zy ZY\"/--?_[+")]   // what gives no ASCII stays as it is
    [InlineData("fr", "qwa1!m;", "azq&1,m")]
    [InlineData("uk", "@\"\\|~", "\"@#~~")]
    [InlineData("us", "qwertz@\"", "qwertz@\"")]
    [InlineData("ru", "qwerty/", "qwerty.")]
    public void AKeyGivesWhatItsOwnKeyboardSays(string name, string pressed, string expected) =>
        Assert.Equal(expected, new string([.. pressed.Select(
            it => Keymap.Find(name)!.Translate(it, isAlternative: false))]));

    [Theory]
    [InlineData("de", "q7890-]\\e", "@{[]}\\~|e")]
    [InlineData("fr", "340", "#{@")]
    [InlineData("us", "q", "q")]
    public void WithAltGrItGivesItsThirdSign(string name, string pressed, string expected) =>
        Assert.Equal(expected, new string([.. pressed.Select(
            it => Keymap.Find(name)!.Translate(it, isAlternative: true))]));

    /// <summary>A map that lost a letter or digit would lock users out.</summary>
    [Fact]
    public void EveryMapCanStillTypeEveryLetterAndDigit()
    {
        string all = new([.. Enumerable.Range(0x20, 0x5f).Select(it => (char)it)]);
        foreach (string name in Keymap.Names)
        {
            Keymap map = Keymap.Find(name)!;
            string typed = new([.. all.Select(it => Of(map, it))]);   // without AltGr, which leaves most keys alone
            string lost = new([.. all.Where(char.IsAsciiLetterOrDigit).Where(it => !typed.Contains(it))]);
            Assert.Equal(name == "il" ? "qw" : "", lost);   // where Hebrew has / and ', as in iPXE
            Assert.DoesNotContain(typed + new string([.. all.Select(it => map.Translate(it, true))]),
                it => it is < ' ' or > '~');
        }
    }

    [Fact]
    public void TheSettingChoosesTheMap()
    {
        var world = new BootWorld();
        world.RunLine("set keymap de && set other 1 && set keymap fr && clear keymap && echo done");
        Assert.Equal(
            ["zy", "yw", "none"], world.Keymaps.Select(map => map is null ? "none" : $"{Of(map, 'y')}{Of(map, 'z')}"));
        Assert.Equal("done\n", world.Console.Raw.Replace("\r", ""));
    }

    [Fact]
    public void AMapThatIsNotThereIsSaidSo()
    {
        var world = new BootWorld();
        Assert.True(world.RunLine("set keymap dvorak").IsSuccess);
        Assert.Contains("There is no keyboard map 'dvorak'; there are al by cf", world.Console.Raw);
        Assert.Null(Assert.Single(world.Keymaps));
    }

    private static char Of(Keymap map, char key) => map.Translate(key, isAlternative: false);
}
