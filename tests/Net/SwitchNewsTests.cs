using System;
using Bootlace.Net;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects what is kept of a switch's LLDP: the last that was said, as long as it holds.</summary>
public class SwitchNewsTests
{
    private readonly StackTalk _talk = new();

    private NetworkInterface Card => _talk.Stack.Interfaces[0];

    private string News => Convert.ToHexStringLower(Card.SwitchNews.ReadAt(_talk.Clock.Now));

    private static string Said => Convert.ToHexStringLower(LldpTests.Unit.AsSpan(0, LldpTests.Unit.Length - 2));

    [Theory]
    [InlineData(0x00, true)]
    [InlineData(0x03, true)]
    [InlineData(0x0e, true)]
    [InlineData(0x02, false)]   // slow protocols
    [InlineData(0x0f, false)]
    public void ItIsTakenFromTheGroupsOfNeighbours(byte last, bool isTaken)
    {
        _talk.Deliver(Frame(LldpTests.Unit, last));
        Assert.Equal(isTaken ? Said : "", News);
        Assert.Equal(isTaken ? 0 : 1, _talk.Drops(DropReason.OtherStation));
    }

    [Fact]
    public void ItHoldsAsLongAsTheSwitchSays()
    {
        _talk.Deliver(Frame(LldpTests.Unit));
        _talk.Run(119_000);
        Assert.Equal(Said, News);
        _talk.Run(2_000);
        Assert.Equal("", News);
    }

    [Fact]
    public void WhatIsSaidLaterTakesItsPlaceAndALifetimeOfNoneEndsIt()
    {
        _talk.Deliver(Frame(LldpTests.Unit));
        _talk.Deliver(Frame([2, 2, 4, 97, 4, 2, 5, 98, 6, 2, 0, 30]));
        Assert.Equal("020204610402056206 02001e".Replace(" ", ""), News);
        _talk.Deliver(Frame([2, 2, 4, 97, 4, 2, 5, 98, 6, 2, 0, 0]));
        Assert.Equal("", News);
    }

    [Fact]
    public void DamagedNewsAreCountedAndChangeNothing()
    {
        _talk.Deliver(Frame(LldpTests.Unit));
        byte[] damaged = Frame(LldpTests.Unit);
        damaged[15] = 0xff;   // the chassis is longer than the frame
        _talk.Deliver(damaged);
        Assert.Equal(1, _talk.Drops(DropReason.MalformedLldp));
        Assert.Equal(Said, News);
    }

    [Fact]
    public void AClosedInterfaceDoesNotListen()
    {
        Card.Close();
        _talk.Deliver(Frame(LldpTests.Unit));
        Assert.Equal("", News);
    }

    private static byte[] Frame(byte[] unit, byte last = 0x0e) =>
        [0x01, 0x80, 0xc2, 0, 0, last, 0x52, 0x54, 0, 0xfe, 0xdc, 0xbb, 0x88, 0xcc, .. unit, .. new byte[4]];
}
