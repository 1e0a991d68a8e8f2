using System;
using System.Collections.Generic;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects DHCP messages: what we send is iPXE's byte for byte, what we read survives every server.</summary>
public class DhcpTests
{
    private static readonly DhcpMessage Discover = new()
    {
        Type = DhcpMessageType.Discover,
        Xid = 0xdeadbeef,
        Mac = Samples.Us,
        Seconds = 4,
        Identity = new DhcpIdentity
        {
            Architecture = 7,
            Version = (0, 1, 0),
            BusId = new byte[] { 1, 0x1a, 0xf4, 0x10, 0 },
            MachineUuid = new byte[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
        },
    };

    [Fact]
    public void ADiscoverIsWrittenAsIpxeWritesIt() => Assert.Equal(Samples.DhcpDiscover, Written(Discover));

    [Fact]
    public void ARequestNamesServerAndAddressLast()
    {
        byte[] bytes = Written(Discover with
        {
            Type = DhcpMessageType.Request,
            Identity = Discover.Identity with { Architecture = 11, MachineUuid = default, BusId = default },
            ServerId = Samples.TheirAddress,
            RequestedAddress = Samples.OurAddress,
            WantsBroadcast = true,
            ClientAddress = new Ipv4Address(1, 2, 3, 4),
        });
        Assert.Equal([0x36, 4, 10, 0, 2, 2, 0x32, 4, 10, 0, 2, 15, 255], bytes[^13..]);
        Assert.True(DhcpView.TryRead(bytes, out DhcpView view, out _));
        Assert.Equal(DhcpMessageType.Request, view.Type);
        Assert.True(view.WantsBroadcast && !view.IsReply);
        Assert.Equal(new Ipv4Address(1, 2, 3, 4), view.ClientAddress);
        Assert.Equal("PXEClient:Arch:00011:UNDI:003010", view.FindText(DhcpOption.VendorClass));
        Assert.Equal(11u, view.FindNumber(DhcpOption.Architecture));
        Assert.False(view.Options.Has(DhcpOption.MachineId));
        Assert.True(view.TryFind(new DhcpTag(175, 0xeb), out ReadOnlySpan<byte> version));
        Assert.Equal([0, 1, 0], version.ToArray());
        Assert.False(view.Options.Has(new DhcpTag(175, 0xb1)));
    }

    [Fact]
    public void ScriptsMayOverrideTheClasses()
    {
        byte[] bytes = Written(Discover with
        {
            Identity = Discover.Identity with
            {
                UserClass = "Tinkerbell"u8.ToArray(),
                VendorClass = "HTTPClient"u8.ToArray(),
                Features = new byte[] { DhcpIdentity.FeatureHttp, DhcpIdentity.FeatureMenu },
            },
        });
        Assert.True(DhcpView.TryRead(bytes, out DhcpView view, out _));
        Assert.Equal("Tinkerbell", view.FindText(DhcpOption.UserClass));
        Assert.Equal("HTTPClient", view.FindText(DhcpOption.VendorClass));
        Assert.True(view.Options.Has(new DhcpTag(175, 0x27)) && !view.Options.Has(new DhcpTag(175, 0x15)));
    }

    [Fact]
    public void AMessageThatDoesNotFitIsNotWritten()
    {
        Assert.False((Discover with { Identity = Discover.Identity with { UserClass = new byte[256] } })
            .TryEmit(new byte[DhcpMessage.BytesMax], out _));
        for (int room = 0; room < Samples.DhcpDiscover.Length; room++)
            Assert.False(Discover.TryEmit(new byte[room], out _));
    }

    [Fact]
    public void AnAckIsRead()
    {
        Assert.True(DhcpView.TryRead(Samples.DhcpAck, out DhcpView view, out _));
        Assert.Equal(DhcpMessageType.Ack, view.Type);
        Assert.Equal(0xdeadbeef, view.Xid);
        Assert.True(view.IsReply && view.IsFor(Samples.Us) && !view.IsFor(Samples.Them));
        Assert.Equal(Samples.OurAddress, view.YourAddress);
        Assert.Equal(Samples.TheirAddress, view.NextServer);
        Assert.Equal(Samples.TheirAddress, view.ServerId);
        Assert.Equal(86400u, view.FindNumber(DhcpOption.LeaseTime));
        Assert.Equal("boot.ipxe", view.FindText(DhcpOption.FileName));
        Assert.Equal("tftp", view.FindText(DhcpOption.ServerName));
        Assert.Equal("example.org", view.FindText(DhcpOption.Domain));
        Assert.Equal(new Ipv4Address(10, 0, 2, 3), view.FindAddress(DhcpOption.DnsServers));
        Assert.Equal(0xfbu, view.FindNumber(DhcpOption.Priority));
        Assert.Equal(1u, view.FindNumber(DhcpOption.NoPxeDhcp));
        Assert.Equal(8u, view.FindNumber(new DhcpTag(43, 6)));
        Assert.Equal(Samples.OurAddress, view.FindAddress(DhcpOption.YourAddress));
        Assert.Equal(Samples.TheirAddress, view.FindAddress(DhcpOption.NextServer));
        Assert.False(view.Options.Has(new DhcpTag(43, 8)));
        Assert.False(view.Options.Has(new DhcpTag(1, 255 - 1)));
    }

    [Fact]
    public void D1_AMessageShorterThanTheFixedHeaderIsRefused()
    {
        for (int length = 0; length < DhcpView.HeaderBytes; length++)
        {
            Assert.False(DhcpView.TryRead(Samples.DhcpAck.AsSpan(0, length), out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
    }

    [Fact]
    public void D3_ALongOptionIsJoinedAndAnEmptyOneIsNoNumber()
    {
        var options = new List<byte> { 67, 255 };
        for (int i = 0; i < 255; i++) options.Add((byte)'a');
        options.AddRange([51, 0, 67, 255]);
        for (int i = 0; i < 255; i++) options.Add((byte)'b');
        options.AddRange([67, 3, (byte)'c', (byte)'c', (byte)'c', 255]);
        Assert.True(DhcpView.TryRead(Reply(options.ToArray()), out DhcpView view, out _));
        Assert.Equal(new string('a', 255) + new string('b', 255) + "ccc", view.FindText(DhcpOption.FileName));
        Assert.Null(view.FindNumber(DhcpOption.LeaseTime));
        Assert.Null(view.FindAddress(DhcpOption.LeaseTime));
    }

    [Fact]
    public void D3_AnEncapsulatedOptionMayBeSplitToo()
    {
        byte[] reply = Reply(175, 3, 8, 2, 1, 6, 4, 7, 8, 9, 10, 175, 1, 2, 255);
        Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
        Assert.True(view.TryFind(new DhcpTag(175, 8), out ReadOnlySpan<byte> value));
        Assert.Equal([1, 2], value.ToArray());
    }

    [Theory]
    [InlineData("35")]
    [InlineData("3501")]
    [InlineData("3502ff")]
    [InlineData("0000000006")]
    [InlineData("fe05ffffffff")]
    public void AnOptionThatRunsPastTheEndIsRefused(string hex)
    {
        Assert.False(DhcpView.TryRead(Reply(Convert.FromHexString(hex)), out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
    }

    [Fact]
    public void D4_OverloadedFieldsAreOptionsAndNoNames()
    {
        byte[] file = [67, 4, (byte)'f', (byte)'i', (byte)'l', (byte)'e', 6, 4, 1, 1, 1, 1, 255];
        byte[] name = [66, 4, (byte)'h', (byte)'o', (byte)'s', (byte)'t', 6, 4, 2, 2, 2, 2, 255];
        for (byte overload = 0; overload < 4; overload++)
        {
            byte[] reply = Reply(52, 1, overload, 6, 4, 0, 0, 0, 9, 255);
            file.CopyTo(reply, 108);
            name.CopyTo(reply, 44);
            Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
            Assert.Equal((overload & 1) != 0, view.FindText(DhcpOption.FileName) == "file");
            Assert.Equal((overload & 2) != 0, view.FindText(DhcpOption.ServerName) == "host");
            byte[] expected = overload switch
            {
                0 => [0, 0, 0, 9],
                1 => [0, 0, 0, 9, 1, 1, 1, 1],
                2 => [0, 0, 0, 9, 2, 2, 2, 2],
                _ => [0, 0, 0, 9, 1, 1, 1, 1, 2, 2, 2, 2],
            };
            Assert.True(view.TryFind(DhcpOption.DnsServers, out ReadOnlySpan<byte> servers));
            Assert.Equal(expected, servers.ToArray());
        }
    }

    [Fact]
    public void D4_OverloadedJunkIsRefused()
    {
        byte[] reply = Reply(52, 1, 1, 255);
        reply.AsSpan(108, 128).Fill(0xfe);
        Assert.False(DhcpView.TryRead(reply, out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
        reply[242] = 0;
        Assert.True(DhcpView.TryRead(reply, out _, out _));
    }

    [Fact]
    public void D11_AVendorOptionThatIsMalformedInsideHoldsNothing()
    {
        Assert.True(DhcpView.TryRead(Reply(43, 3, 6, 9, 1, 175, 2, 8, 0, 255), out DhcpView view, out _));
        Assert.False(view.TryFind(new DhcpTag(43, 6), out _));
        Assert.True(view.TryFind(DhcpOption.VendorOptions, out ReadOnlySpan<byte> raw));
        Assert.Equal([6, 9, 1], raw.ToArray());
        Assert.True(view.TryFind(new DhcpTag(175, 8), out ReadOnlySpan<byte> empty) && empty.Length == 0);
    }

    [Fact]
    public void D15_ARepliesOfAnyLengthIsRead()
    {
        foreach (int length in new[] { 1500, 9000, 65507 })
        {
            byte[] reply = Reply(53, 1, 2, 255);
            Array.Resize(ref reply, length);
            Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
            Assert.Equal(DhcpMessageType.Offer, view.Type);
        }
    }

    [Fact]
    public void D18_ANumberLongerThanFourBytesIsNone()
    {
        Assert.True(DhcpView.TryRead(Reply(26, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255), out DhcpView view, out _));
        Assert.Null(view.FindNumber(DhcpOption.Mtu));
    }

    [Fact]
    public void D20_TextIsHandedOnAsItIsUpToItsNul()
    {
        byte[] reply = Reply(12, 5, 27, (byte)'[', (byte)'m', 0, (byte)'x', 255);
        Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
        Assert.Equal("\u001b[m", view.FindText(DhcpOption.HostName));
    }

    [Fact]
    public void TheFileFieldWinsOverTheOption()
    {
        byte[] reply = Reply(67, 3, (byte)'o', (byte)'p', (byte)'t', 255);
        Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
        Assert.Equal("opt", view.FindText(DhcpOption.FileName));
        Encoding.ASCII.GetBytes("field").CopyTo(reply, 108);
        Assert.True(DhcpView.TryRead(reply, out view, out _));
        Assert.Equal("field", view.FindText(DhcpOption.FileName));
        reply.AsSpan(108, 128).Fill((byte)'x');
        Assert.True(DhcpView.TryRead(reply, out view, out _));
        Assert.Equal(new string('x', 128), view.FindText(DhcpOption.FileName));
    }

    [Fact]
    public void AHardwareAddressLengthPastItsFieldIsRefused()
    {
        byte[] reply = Reply(255);
        reply[2] = 17;
        Assert.False(DhcpView.TryRead(reply, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
        reply[2] = 16;
        Assert.True(DhcpView.TryRead(reply, out DhcpView view, out _));
        Assert.False(view.IsFor(Samples.Us));
    }

    [Theory]
    [InlineData("67", "67")]
    [InlineData("175.8", "175.8")]
    [InlineData("0xaf.0x08", "175.8")]
    [InlineData("43.71.1.254", "43.71.1.254")]
    public void TagsAreRead(string text, string plain)
    {
        Assert.True(DhcpTag.TryParse(text, out DhcpTag tag));
        Assert.Equal(plain, tag.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("255")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1..2")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1a")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void OtherTextIsNoTag(string text) => Assert.False(DhcpTag.TryParse(text, out _));

    internal static byte[] Reply(params byte[] options) => [.. Header(), .. options];

    private static byte[] Header()
    {
        byte[] header = Samples.DhcpAck[..240];
        header.AsSpan(44, 192).Clear();
        return header;
    }

    private static byte[] Written(DhcpMessage message)
    {
        var bytes = new byte[DhcpMessage.BytesMax];
        Assert.True(message.TryEmit(bytes, out int length));
        return bytes[..length];
    }
}
