using System.Linq;
using Bootlace.Script;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>params</c> and <c>param</c> (spec/ipxe-compat.md 2.5): what a request is to carry.</summary>
public class ParameterCommandTests
{
    private readonly ScriptWorld _world = new();

    [Fact]
    public void FieldsAndHeadersAreKeptInOrder()
    {
        Assert.True(_world.Run("""
            params
            param user ${version}
            param note a  b
            param empty
            param --header X-Token t o
            param -H Accept
            """).IsSuccess, _world.Output);
        ParameterList list = _world.Parameters.Take("")!;
        Assert.Null(list.Method);
        Assert.Equal("user=9.9|note=a b|empty=", string.Join('|', list.Fields.Select(it => $"{it.Key}={it.Value}")));
        Assert.Equal("X-Token=t o|Accept=", string.Join('|', list.Headers.Select(it => $"{it.Key}={it.Value}")));
        Assert.Null(_world.Parameters.Take(""));
    }

    [Theory]
    [InlineData("params --method PUT", "PUT")]
    [InlineData("params -m head", "HEAD")]
    [InlineData("params --method ${unset}", null)]
    [InlineData("params", null)]
    public void TheMethodIsKept(string line, string? method)
    {
        Assert.True(_world.Run(line).IsSuccess, _world.Output);
        Assert.Equal(method, _world.Parameters.Require("").Method);
    }

    [Fact]
    public void ListsHaveNames()
    {
        Assert.True(_world.Run("""
            params --name one
            params -n two
            param --params one a 1
            param -p two b 2
            params --name one
            params --name two --delete
            params --name never --delete
            """).IsSuccess, _world.Output);
        Assert.Empty(_world.Parameters.Require("one").Fields);
        Assert.Null(_world.Parameters.Take("two"));
    }

    [Theory]
    [InlineData("param a b", 0x2d0a0060, "There is no parameter list [2d0a0060]")]
    [InlineData("param --header a b", 0x2d0a0060, "There is no parameter list")]   // C24
    [InlineData("params\nparam -p other a b", 0x2d0a0060, "There is no parameter list 'other'")]
    [InlineData("params\nparams -d\nparam a b", 0x2d0a0060, "There is no parameter list")]
    [InlineData("params word", 0x460a0007, "Usage: params [-n|--name <name>] [-m|--method <method>] [-d|--delete]")]
    [InlineData("params\nparam", 0x460a0007, "Usage: param [-p|--params <name>] [-H|--header] <name> [<value>...]")]
    [InlineData("params -x", 0x1c0a0006, "Usage: params")]
    [InlineData("params --name", 0x1c0a0006, "Usage: params")]
    [InlineData("params --help", 0x0b0a0018, "Usage: params")]
    [InlineData("params --method GE:T", 0x1c0a0063, "'GE:T' is no method of HTTP")]
    [InlineData("params\nparam -H a:b c", 0x1c0a0062, "'a:b' makes no header field")]
    [InlineData("set nl:hex 0d:0a\nset s ${nl:string}\nparams\nparam -H a b${s}Evil: c", 0x1c0a0062, "'a' makes no")]
    [InlineData("params\nparam -H Content-length 5", 0x1c0a0062, "is for the loader to send")]
    [InlineData("params\nparam -H transfer-encoding chunked", 0x1c0a0062, "is for the loader to send")]
    public void WrongUseIsRefused(string script, uint code, string output)
    {
        Assert.Equal(code, _world.Run(script).Code);
        Assert.Contains(output, _world.Output);
    }

    [Fact]
    public void ThereIsAnEndToThem()
    {
        Assert.Equal(0x340a0061u, _world.Run("params\n:again param a b && goto again").Code);
        Assert.Equal(1024, _world.Parameters.Require("").Fields.Count);
        Assert.Equal(0x340a0061u, _world.Run(":again inc i ; params --name ${i} && goto again").Code);
        string script = "params\nset x 0123456789abcdef\n"
            + string.Concat(Enumerable.Repeat("set x ${x}${x}\n", 13)) + ":again param a ${x} && goto again";
        Assert.Equal(0x340a0061u, _world.Run(script).Code);
        Assert.Equal(7, _world.Parameters.Require("").Fields.Count);
    }
}
