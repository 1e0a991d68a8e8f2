using System;
using System.Linq;
using Bootlace.Net;
using Xunit;

namespace Bootlace.Tests.Sim;

/// <summary>Whole transfers through a VLAN of a trunk that is closed itself: every frame tagged, none longer than cards
/// carry (facts/firmware.md 9), on good cables and bad ones.</summary>
public class VlanSimTests
{
    private const int Vlan = 0x123, FrameBytesMax = 1514;

    private int _tagged, _others, _longest;

    [Theory]
    [InlineData("http", 0)]
    [InlineData("http", 8)]
    [InlineData("tftp", 0)]
    [InlineData("tftp", 8)]
    public void AFileComesThroughTheVlanWhole(string scheme, int dropPercent)
    {
        byte[] file = SimulatedWorld.RandomFile(5, 200_000);
        var world = new SimulatedWorld(5, [file], ourCard: card => Watch(card, dropPercent), vlan: Vlan);
        Assert.Equal(file, world.Run(Duration.FromSeconds(300), stop => world.FetchAsync(scheme, 0, stop)));
        Assert.Null(world.Fault);
        Assert.Equal(0, _others);
        Assert.True(_tagged > 140, $"{_tagged} frames");
        Assert.Equal(FrameBytesMax, _longest);   // full segments use all there is, and no more
        NetworkInterface vlan = world.Stack.Interfaces.Single(it => it.VlanId == Vlan);
        Assert.Equal("net0-291", vlan.Name);
        Assert.Equal(1496, vlan.MtuBytes);
        Assert.True(vlan.Counters.ReceivedFrames > 100);
    }

    private FaultDevice Watch(INetworkDevice card, int dropPercent)
    {
        var chance = new Random(1);
        return new FaultDevice(card, frame =>
        {
            bool isTagged = frame[12] == 0x81 && frame[13] == 0 && frame[14] == Vlan >> 8 && frame[15] == (Vlan & 255);
            _longest = Math.Max(_longest, frame.Length);
            if (isTagged) _tagged++;
            else _others++;
            return chance.Next(100) < dropPercent ? FrameFate.Lose : FrameFate.Deliver;
        });
    }
}
