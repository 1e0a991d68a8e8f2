using System;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects <c>autoboot</c> as a command: over which interfaces, in what order, and what scripts it starts may
/// do to them (spec/ipxe-compat.md 4.6).</summary>
public class AutobootTests
{
    private readonly BootWorld _world = new();

    private string Screen => _world.Console.Screen;

    private void Run(string script)
    {
        _world.EmbeddedScript = "#!ipxe\n" + script;
        _world.Run();
    }

    /// <summary>Three cards, each with a DHCP server that names a script after it.</summary>
    public AutobootTests()
    {
        for (byte i = 0; i < 3; i++) _world.WithCard(address: MacAddress.Read([2, 0, 0, 0, 0, i]));
        _world.Dhcp = card => new LeasePackets(
            BootWorld.Packet("10.0.2.15", "10.0.2.2", $"http://h/{card.Name}.ipxe"), default);
    }

    [Fact]
    public void TheNamedInterfaceIsBooted()
    {
        _world.WithFile("http://h/net1.ipxe", "#!ipxe\necho booted over ${netX/ifname} [${net0/ip}]");
        Run("ifopen net0\nautoboot net1 && echo came back");
        Assert.Contains("booted over net1 []\n", Screen);
        Assert.Contains("came back\n", Screen);
        Assert.False(_world.Network.Interfaces[0].IsOpen);
        Assert.Equal(["http://h/net1.ipxe"], _world.Requests);
    }

    [Fact]
    public void TheNextIsTriedWhenOneFails()
    {
        _world.WithFile("http://h/net2.ipxe", "#!ipxe\necho third");
        _world.WithFile("http://h/net0.ipxe", "#!ipxe\nexit 7");
        Run("autoboot && echo done");
        Assert.Equal(["http://h/net0.ipxe", "http://h/net1.ipxe", "http://h/net2.ipxe"], _world.Requests);
        Assert.Contains("third\n", Screen);
        Assert.Contains("done\n", Screen);
    }

    [Fact]
    public void TheStatusOfTheLastIsTheStatus()
    {
        _world.WithFile("http://h/net2.ipxe", "#!ipxe\nexit 7");
        Run("autoboot || echo failed with ${errno}");
        Assert.Contains("No more network devices\n", Screen);
        Assert.Contains("failed with 0x7\n", Screen);
    }

    [Fact]
    public void TheInterfaceWeCameThroughIsFirst()
    {
        _world.Source = new BootSource { NicAddress = MacAddress.Read([2, 0, 0, 0, 0, 2]), VlanId = 9 };
        Run("autoboot");
        Assert.Equal(
            ["http://h/net2-9.ipxe", "http://h/net0.ipxe", "http://h/net1.ipxe", "http://h/net2.ipxe"],
            _world.Requests);
    }

    [Fact]
    public void WhatIsBootedMayMakeAndDestroyVlans()
    {
        _world.WithFile("http://h/net0-5.ipxe", "#!ipxe\nvdestroy net0-6\nvcreate --tag 7 net0\nexit 1");
        Run("vcreate --tag 5 net0\nvcreate --tag 6 net0\nautoboot net0-5 net0-6 || echo end\nshow net0-7/vlan-tag");
        Assert.Equal(["http://h/net0-5.ipxe"], _world.Requests);
        Assert.Contains("end\n", Screen);
        Assert.Contains("net0-7/vlan-tag:int16 = 7\n", Screen);
        Assert.DoesNotContain("please report", Screen);
    }

    [Fact]
    public void TheBootServersWordCountsMoreThanTheLeases()
    {
        byte[] vendor = [43, 4, 6, 1, 3, 255];
        _world.Dhcp = card => new LeasePackets(
            BootWorld.Packet("10.0.2.15", "10.0.2.2", "http://h/lease.ipxe"),
            BootWorld.Packet("", "10.0.2.3", "http://h/proxy.ipxe", vendor));
        ReadOnlyMemory<byte> seen = default;
        _world.BootServer = (card, type, lease) =>
        {
            seen = lease;
            return BootWorld.Packet("", "10.0.2.4", $"http://h/{card.Name}-{type}.ipxe");
        };
        Run("dhcp net0 && pxebs net0 32768 && echo ${pxebs/filename} ${pxebs/next-server}\nautoboot net0");
        Assert.Contains("PXE boot server type 32768 (net0)... ok\nhttp://h/net0-32768.ipxe 10.0.2.4\n", Screen);
        Assert.Equal(BootWorld.Packet("", "10.0.2.3", "http://h/proxy.ipxe", vendor), seen.ToArray());
        Assert.Equal(["http://h/proxy.ipxe"], _world.Requests);   // autoboot has run dhcp anew
    }

    [Fact]
    public void ABootServerThatIsSilentLeavesNoBlock()
    {
        _world.BootServer = (_, type, _) => type == 1 ? BootWorld.Packet("", "10.0.2.4", "a")
            : throw new BootFailure(DhcpFailure.NoBootServer);
        Run("dhcp net0 && pxebs net0 1 && pxebs net0 2 || echo [${pxebs/filename}] ${errno}");
        Assert.Contains("[] 0x4c030005\n", Screen);
    }

    [Fact]
    public void AnUnknownNameIsToldOfInTheEnd()
    {
        Assert.Equal(ScriptCode, _world.RunLine("autoboot net7").Code);
        _world.WithFile("http://h/net1.ipxe", "#!ipxe\necho fine");
        Assert.Equal(ScriptCode, _world.RunLine("autoboot net7 net1").Code);
        Assert.Contains("fine\n", Screen);
    }

    private const uint ScriptCode = 0x2c0a001b;
}
