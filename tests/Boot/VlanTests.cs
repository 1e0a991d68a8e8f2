using System;
using System.Linq;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects <c>vcreate</c> and <c>vdestroy</c> with the settings that come and go with a VLAN
/// (spec/ipxe-compat.md 2.4), and the VLAN we were loaded through (4.3).</summary>
public class VlanTests
{
    private readonly BootWorld _world = new();

    private string Screen => _world.Console.Screen;

    private void Run(string script)
    {
        _world.EmbeddedScript = "#!ipxe\n" + script;
        _world.Run();
    }

    [Fact]
    public void AVlanIsAnInterfaceWithSettingsOfItsOwn()
    {
        _world.WithCard();
        Run("""
            vcreate --tag 5 --priority 3 net0
            set net0-5/ip 10.5.0.1
            set net0-5/netmask 255.255.255.0
            echo [${net0-5/vlan-tag}] [${net0/vlan-tag}] ${net0-5/mac} ${net0-5/ifname}
            ifopen net0-5
            echo [${vlan-tag}] [${netX/ifname}] [${net0-${vlan-tag}/ip}]
            route
            ifstat net0-5
            """);
        Assert.Contains("[5] [] 52:54:00:12:34:56 net0-5\n", Screen);
        Assert.Contains("[5] [net0-5] [10.5.0.1]\n", Screen);
        Assert.Contains("net0-5: 10.5.0.1/255.255.255.0\n", Screen);
        Assert.Contains("net0-5: 52:54:00:12:34:56 using SNP on 0000:01:03.0 (Ethernet) [open]\n", Screen);
        Assert.Contains("  [VLAN:5 on net0, priority 3]\n", Screen);
    }

    [Fact]
    public void DhcpRunsOverTheVlan()
    {
        _world.WithCard();
        _world.Dhcp = card => card.VlanId == 7
            ? new LeasePackets(BootWorld.Packet("10.7.0.15", "10.7.0.2", "boot.ipxe"), default)
            : throw new BootFailure(BootWorld.NoAnswer);
        Run("vcreate -t 7 net0 && dhcp net0-7 && echo ${net0-7.dhcp/ip} ${filename} ${next-server}");
        Assert.Contains("10.7.0.15 boot.ipxe 10.7.0.2\n", Screen);
        Assert.Equal(new Ipv4Address(10, 7, 0, 15), _world.Network.Interfaces[1].Ipv4!.Address);
        Assert.False(_world.Network.Interfaces[0].IsOpen);
    }

    [Theory]
    [InlineData("vcreate --tag 5 net0 && ifopen net0-5", 1)]
    [InlineData("vcreate --tag 5 net0 && ifopen net0-5 && ifopen net0", 0)]
    [InlineData("vcreate --tag 5 net0 && ifopen net0-5 && ifclose net0-5", -1)]
    public void AStartedProgramHangsOnTheInterfaceOpenedLast(string line, int index)
    {
        _world.WithCard().WithFile("http://h/a.efi", TestPe.Make(PeImage.X64));
        Run($"{line} && imgexec http://h/a.efi");
        INetworkDevice? card = Assert.Single(_world.Firmware.Started).Card;
        Assert.Same(index < 0 ? null : _world.Network.Interfaces[index].Device, card);
    }

    [Theory]
    [InlineData("vcreate net0", 0x1c020102)]
    [InlineData("vcreate --tag 0 net0", 0x1c020102)]
    [InlineData("vcreate --tag 4095 net0", 0x1c020102)]
    [InlineData("vcreate --tag -1 net0", 0x1c0a0006)]
    [InlineData("vcreate --tag five net0", 0x1c0a0008)]
    [InlineData("vcreate --tag 0x100000005 net0", 0x1c020102)]
    [InlineData("vcreate --tag 5 --priority 8 net0", 0x1c020102)]
    [InlineData("vcreate --tag 5 --colour red net0", 0x1c0a0006)]
    [InlineData("vcreate --tag 5", 0x460a0007)]
    [InlineData("vcreate --tag 5 net0 net1", 0x460a0007)]
    [InlineData("vcreate --tag 5 net1", 0x2c0a001b)]
    [InlineData("vcreate --tag 5 net0 && vcreate --tag 6 net0-5", 0x3d020103)]
    [InlineData("vcreate --tag 5 net0 && vcreate --tag 5 net0", 0)]
    [InlineData("vcreate --tag 1 --priority 7 net0", 0)]
    [InlineData("vcreate -p0 -t 4094 net0", 0)]
    [InlineData("vcreate --help", 0x0b0a0018)]
    [InlineData("vdestroy net0", 0x3d020104)]
    [InlineData("vdestroy net0-5", 0x2c0a001b)]
    [InlineData("vdestroy", 0x460a0007)]
    [InlineData("vcreate --tag 5 net0 && vdestroy net0-5", 0)]
    [InlineData("vcreate --tag 5 net0 && ifopen net0-5 && vdestroy netX", 0)]
    public void WhatCannotBeIsRefused(string line, uint code)
    {
        _world.WithCard();
        Assert.Equal(code, _world.RunLine(line).Code);
    }

    [Fact]
    public void ADestroyedVlanTakesItsSettingsAlong()
    {
        _world.WithCard();
        Run("""
            vcreate --tag 5 net0
            set net0-5/ip 10.5.0.1
            ifopen net0 net0-5
            vdestroy net0-5
            echo [${net0-5/mac}] [${net0-5/ip}] [${netX/ifname}]
            set x y
            vcreate --tag 5 net0
            echo again [${net0-5/ip}]
            """);
        Assert.Contains("[] [] [net0]\n", Screen);
        Assert.Contains("again []\n", Screen);
        Assert.Equal(["net0", "net0-5"], _world.Network.Interfaces.Select(it => it.Name));
    }

    [Fact]
    public void TheVlanWeWereLoadedThroughIsThereAndHasTheFirmwaresLease()
    {
        _world.WithCard(address: MacAddress.Read([0x52, 0x54, 0, 0x12, 0x34, 0x57])).WithCard();
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac, VlanId = 42,
            DhcpAck = BootWorld.Packet("10.42.0.9", "10.42.0.1", "loader.efi"),
        };
        Run("echo ${net1-42/ip} ${netX/ifname} [${net1/ip}] ${vlan-tag}");
        Assert.Contains("10.42.0.9 net1-42 [] 42\n", Screen);
        NetworkInterface vlan = _world.Network.Interfaces.Single(it => it.VlanId == 42);
        Assert.Equal(new Ipv4Address(10, 42, 0, 9), vlan.Ipv4!.Address);
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(0)]
    public void ADevicePathWithoutARealVlanMeansTheCardItself(int id)
    {
        _world.WithCard();
        _world.Source = new BootSource
        {
            NicAddress = BootWorld.Mac, VlanId = id,
            DhcpAck = BootWorld.Packet("10.42.0.9", "10.42.0.1", "loader.efi"),
        };
        Run("echo ${net0/ip}");
        Assert.Contains("10.42.0.9\n", Screen);
        Assert.Single(_world.Network.Interfaces);
    }
}
