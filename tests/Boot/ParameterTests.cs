using System.Linq;
using Bootlace.Transfer;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects how <c>##params</c> gets from a script into a request: whole, once, and only where it is asked for
/// (spec/ipxe-compat.md 2.5).</summary>
public class ParameterTests
{
    private readonly BootWorld _world = new();

    public ParameterTests() => _world.WithFile("http://h/f", "content");

    [Fact]
    public void AListIsUsedUpByTheRequestThatAsksForIt()
    {
        Run("params ; param user a b ; param -H X-Token t ; imgfetch http://h/f##params ; imgfetch http://h/f##params");
        RequestParameters sent = _world.Parameters[0]!;
        Assert.Equal("user=a%20b", sent.Form);
        Assert.Equal("X-Token: t", $"{sent.Headers.Single().Key}: {sent.Headers.Single().Value}");
        Assert.Null(_world.Parameters[1]);
        Assert.DoesNotContain("##", _world.Console.Screen);
    }

    [Theory]
    [InlineData("params -n one ; imgfetch http://h/f##params=one", true)]
    [InlineData("params -n one ; imgfetch http://h/f##params", false)]
    [InlineData("params ; imgfetch http://h/f", false)]
    [InlineData("params -m PUT ; imgfetch http://h/f ; imgfetch http://h/f##params", true)]
    public void OnlyTheListThatIsNamedIsSent(string line, bool isSent)
    {
        Run(line);
        Assert.Equal(isSent, _world.Parameters[^1] is not null);
    }

    [Fact]
    public void ARelativeUriSendsItsListToo()
    {
        _world.WithFile("http://h/dir/a.ipxe", "#!ipxe\nparams\nparam \u00e9 1\nimgfetch ../f##params");
        Run("chain http://h/dir/a.ipxe");
        Assert.Equal("%C3%A9=1", _world.Parameters[1]!.Form);
    }

    [Fact]
    public void WhereTheServerSendsUsThenGetsNothing()
    {
        _world.WithFile("http://h/g", "redirect http://h/f");
        Run("params ; param a b ; imgfetch http://h/g##params");
        Assert.Equal([true, false], _world.Parameters.Select(it => it is not null));
    }

    private void Run(string line) => Assert.True(_world.RunLine(line).IsSuccess, _world.Console.Screen);
}
