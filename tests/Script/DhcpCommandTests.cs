using Bootlace.Script;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Script;

/// <summary>Protects <c>dhcp</c> and <c>ifconf</c>: their options, what they refuse before they touch an interface, and
/// their status (spec/ipxe-compat.md 2.4).</summary>
public class DhcpCommandTests
{
    private const uint Silent = 0x4cff0003;
    private const string Usage =
        " [-c|--configurator <configurator>] [-t|--timeout <milliseconds>] [<interface>...]\n";

    private readonly ScriptWorld _world = new();

    public DhcpCommandTests()
    {
        _world.AddInterface("net0", new FailureKind(Silent, "Nobody answers", "wait"));
        _world.AddInterface("net1");
    }

    [Theory]
    [InlineData("-c dhcp net1", "Dhcp")]
    [InlineData("--configurator dhcp net1", "Dhcp")]
    [InlineData("--configurator=dhcp net1", "Dhcp")]
    [InlineData("-t 500 net1", "Any 500")]
    [InlineData("--timeout 0x1f4 net1", "Any 500")]
    [InlineData("-t 0 net1", "Any")]
    [InlineData("-t 2147483647 -c dhcp net1", "Dhcp 2147483647")]
    [InlineData("-t 1 -t 2 net1", "Any 2")]
    public void OptionsReachTheInterface(string arguments, string how)
    {
        foreach (string command in new[] { "dhcp", "ifconf" })
        {
            _world.Deeds.Clear();
            Assert.True(_world.Run($"{command} {arguments}").IsSuccess, _world.Output);
            Assert.Contains($"configure net1 {how}", _world.Deeds);
            Assert.DoesNotContain("close net1", _world.Deeds);
        }
    }

    [Theory]
    [InlineData("-c ipv6 net1", 0x3c0a001d, false)]   // this loader has none
    [InlineData("-c DHCP net1", 0x3c0a001d, false)]
    [InlineData("-c \"\" net1", 0x3c0a001d, false)]
    [InlineData("-t soon net1", 0x1c0a0008, false)]
    [InlineData("-t -1 net1", 0x1c0a0006, true)]
    [InlineData("--timeout=-1 net1", 0x1c0a0008, false)]
    [InlineData("-t 2147483648 net1", 0x1c0a0008, false)]
    [InlineData("-c", 0x1c0a0006, true)]
    [InlineData("--timeout", 0x1c0a0006, true)]
    [InlineData("--conf dhcp net1", 0x1c0a0006, true)]
    [InlineData("--fast net1", 0x1c0a0006, true)]
    public void WhatIsRefusedTouchesNoInterface(string arguments, uint code, bool hasUsage)
    {
        foreach (string command in new[] { "dhcp", "ifconf" })
        {
            Assert.Equal(code, _world.Run($"{command} {arguments}").Code);
            Assert.Equal(hasUsage, _world.Output.Contains($"Usage: {command}{Usage}"));
        }
        Assert.Empty(_world.Deeds);
    }

    [Theory]
    [InlineData("", 0, "open net0, configure net0 Any, close net0, open net1, configure net1 Any")]
    [InlineData("net0", Silent, "open net0, configure net0 Any, close net0")]
    [InlineData("-t 9 net0 net0", Silent,
        "open net0, configure net0 Any 9, close net0, open net0, configure net0 Any 9, close net0")]
    [InlineData("net9", 0x2c0a001b, "")]
    [InlineData("net9 net1", 0x2c0a001b, "open net1, configure net1 Any")]
    public void TheStatusIsThatOfTheLastInterfaceTried(string arguments, uint code, string deeds)
    {
        Assert.Equal(code, _world.Run($"dhcp {arguments}").Code);
        Assert.Equal(deeds, string.Join(", ", _world.Deeds));
    }

    [Fact]
    public void AnInterfaceThatWasOpenStaysSo()
    {
        Assert.Equal(Silent, _world.Run("ifopen net0\ndhcp net0").Code);
        Assert.Equal(["open net0", "open net0", "configure net0 Any"], _world.Deeds);
    }
}
