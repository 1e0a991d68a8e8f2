using System;
using System.IO.Compression;
using System.Text;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Tests.Wire;
using Bootlace.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of the fuzz table. A new parser gets a row here; what its getters give is read too, so that a
/// length believed too early shows.</summary>
internal static partial class Parsers
{
    private static int s_seen;   // what is read goes here, so that no reading is left out as useless

    public static readonly FuzzRow[] All =
    [
        new("Ethernet", Ethernet, Samples.TaggedFrame, [.. Samples.TaggedFrame[..12], 8, 6]),
        new("Arp", Arp, Samples.ArpRequest) { IsWhole = true },
        new("Ipv4", Ipv4, Samples.Ipv4Packet, Samples.Ipv4LastFragment)
        {
            IsWhole = true, Repair = Checksums.RepairIpv4,
        },
        new("Icmp", Icmp, Samples.IcmpEchoRequest, Samples.IcmpPortUnreachable) { Repair = Checksums.RepairIcmp },
        new("Udp", Udp, Samples.UdpDatagram) { IsWhole = true, Repair = Checksums.RepairUdp },
        new("Tcp", Tcp, Samples.TcpSyn, Samples.TcpSack) { IsWhole = true, Repair = Checksums.RepairTcp },
        new("TcpOptions", TcpOption, Samples.TcpSyn[20..], Samples.TcpSack[20..52]),
        new("Dhcp", Dhcp, Samples.DhcpAck, Samples.DhcpDiscover, DhcpTests.Reply(52, 1, 3, 255)),
        new("DhcpOptions", DhcpOptionList, Samples.DhcpAck[240..], Samples.DhcpDiscover[240..]),
        new("DhcpLease", Lease, Samples.DhcpAck,
            DhcpTests.Reply(121, 5, 0, 10, 0, 2, 2, 119, 6, 3, 97, 98, 99, 0xc0, 0, 255)),
        new("PxeDiscovery", Discovery, Samples.DhcpAck,
            DhcpTests.Reply(43, 19, 6, 1, 4, 7, 4, 224, 0, 1, 2, 8, 7, 0, 9, 1, 10, 0, 2, 3, 255, 255)),
        new("DhcpTag", Text(text => DhcpTag.TryParse(text, out _)), "175.8"u8.ToArray(), "0xaf.0x1"u8.ToArray()),
        new("Dns", Dns, Samples.DnsResponse) { IsWhole = true },
        new("DnsName", Name, Samples.DnsResponse[12..29], [3, 97, 98, 99, 0, 1, 120, 0xc0, 0]),
        new("Tftp", Tftp, Samples.TftpReadRequest, Samples.TftpOptionAck, Samples.TftpData, Samples.TftpError),
        new("HttpHead", Http, Samples.HttpResponse, "HTTP/1.0 404 \nA:b\n\n"u8.ToArray()),
        new("HttpChunk", Chunk, Samples.HttpChunked, "\r\n5\r\n"u8.ToArray(), "A: b\r\n\r\n"u8.ToArray()),
        new("Newc", Newc, Samples.NewcMember),
        new("Inflate", Inflated, CompressionTests.Deflate(Samples.NewcMember, CompressionLevel.SmallestSize),
            CompressionTests.Deflate(new byte[20_000], CompressionLevel.Fastest)),
        new("Png", Png, TestPng.Samples) { IsWhole = true, Repair = TestPng.RepairFile },
        new("Pnm", Pnm, [.. PnmTests.Samples]) { IsWhole = true },
        new("DevicePath", Path, Samples.BootDevicePath,
            new DevicePathWriter().FilePath("\\EFI\\boot.efi").Vlan(3).End()) { IsWhole = true },
        new("Ipv4Address", Text(text => Ipv4Address.TryParse(text, out _)), "10.0.2.15"u8.ToArray()),
        new("Ipv6Address", Text(Ipv6), "2001:db8::1"u8.ToArray(), "1:2:3:4:5:6:1.2.3.4"u8.ToArray()),
        new("BootUri", Text(Uri), "http://user:pw@[::1]:8080/a/b?q#f"u8.ToArray(), "tftp://10.0.2.2/x%20y"u8.ToArray()),
        new("PeImage", Pe, Boot.TestPe.Make(sections: 1)),
        new("CommandLine", Text(Split),
            "kernel --name x http://a/${net0/mac:hexhyp} quiet && boot || shell"u8.ToArray()),
        .. Firmware,
        .. Archives,
        .. Disks,
        .. Logins,
        .. Signatures,
        .. Certificates,
        .. Scripts,
    ];

    private static bool Ethernet(ReadOnlySpan<byte> bytes)
    {
        if (!EthernetView.TryRead(bytes, out EthernetView view, out ParseError error)) return Refused(error);
        for (int i = 0; i < view.TagCount; i++) See(view.Tag(i).Id + view.Tag(i).Priority);
        See(view.Target.GetHashCode() + view.Source.GetHashCode() + view.Type.Value);
        return See(view.Payload);
    }

    private static bool Arp(ReadOnlySpan<byte> bytes) =>
        ArpView.TryRead(bytes, out ArpView view, out ParseError error)
            ? See(view.ToMessage().GetHashCode()) : Refused(error);

    private static bool Ipv4(ReadOnlySpan<byte> bytes)
    {
        if (!Ipv4View.TryRead(bytes, out Ipv4View view, out ParseError error)) return Refused(error);
        See(view.Identification + view.FragmentOffsetBytes + view.TimeToLive + view.Protocol.Value);
        See(view.Source.GetHashCode() + view.Target.GetHashCode() + (view.IsFragment ? 1 : 0));
        Check.That(view.FragmentOffsetBytes + view.Payload.Length <= Ipv4View.PacketBytesMax);
        return See(view.Options) & See(view.Payload) & See(view.Packet);
    }

    private static bool Icmp(ReadOnlySpan<byte> bytes)
    {
        if (!IcmpView.TryRead(bytes, out IcmpView view, out ParseError error)) return Refused(error);
        See(view.Type.Value + view.Code + view.Identifier + view.Sequence + view.NextHopMtu);
        if (view.TryReadQuote(out IcmpQuote quote)) See(quote.SourcePort);
        return See(view.Payload);
    }

    private static bool Udp(ReadOnlySpan<byte> bytes)
    {
        if (!UdpView.TryRead(bytes, Samples.OurAddress, Samples.TheirAddress, out UdpView view, out ParseError error))
            return Refused(error);
        See(view.SourcePort + view.TargetPort);
        return See(view.Payload);
    }

    private static bool Tcp(ReadOnlySpan<byte> bytes)
    {
        if (!TcpView.TryRead(
            bytes, Samples.OurAddress, Samples.TheirAddress,
            out TcpView view, out TcpOptions options, out ParseError error))
            return Refused(error);
        See(view.SourcePort + view.TargetPort + view.Window + (int)view.Flags + view.SequenceLength);
        See(view.Sequence.GetHashCode() + view.Acknowledgement.GetHashCode());
        for (int i = 0; i < options.SackBlockCount; i++) See(options.SackBlockAt(i).Start.GetHashCode());
        return See(view.Payload);
    }

    private static bool TcpOption(ReadOnlySpan<byte> bytes)
    {
        if (!TcpOptions.TryRead(bytes, out TcpOptions options, out ParseError error)) return Refused(error);
        Check.That(options.WindowScale is null or <= TcpOptions.WindowScaleMax);
        if (options.Bytes > TcpOptions.BytesMax) return true;   // more than one segment can carry: read, never written
        Span<byte> written = stackalloc byte[TcpOptions.BytesMax];
        int length = options.Emit(written);
        Check.That(length == options.Bytes);
        Check.That(TcpOptions.TryRead(written[..length], out TcpOptions again, out _));
        Check.That(again.MaxSegmentBytes == options.MaxSegmentBytes && again.SackBlockCount == options.SackBlockCount);
        return true;
    }

    private static bool Dhcp(ReadOnlySpan<byte> bytes)
    {
        if (!DhcpView.TryRead(bytes, out DhcpView view, out ParseError error)) return Refused(error);
        See((int)view.Xid + view.Seconds + view.Type.Value + (view.IsFor(Samples.Us) ? 1 : 0) + view.Mac.GetHashCode());
        See(view.ClientAddress.GetHashCode() + view.YourAddress.GetHashCode() + view.NextServer.GetHashCode());
        for (byte code = 1; code < 255; code++)
        {
            if (view.TryFind(new DhcpTag(code), out ReadOnlySpan<byte> value)) See(value);
            See(view.FindText(new DhcpTag(code))?.Length ?? 0);
            See((int)(view.FindNumber(new DhcpTag(175, code)) ?? 0));
            if (view.TryFind(new DhcpTag(43, code), out value)) See(value);
        }
        return true;
    }

    private static bool DhcpOptionList(ReadOnlySpan<byte> bytes)
    {
        if (!DhcpOptions.TryRead(bytes, out DhcpOptions options, out ParseError error)) return Refused(error);
        for (byte code = 1; code < 255; code++)
        {
            if (options.TryFind(new DhcpTag(code), out ReadOnlySpan<byte> value)) See(value);
        }
        return true;
    }

    private static bool Discovery(ReadOnlySpan<byte> bytes)
    {
        if (!DhcpView.TryRead(bytes, out DhcpView view, out ParseError error)) return Refused(error);
        PxeDiscovery discovery = PxeDiscovery.Read(view, 9);
        Check.That(discovery.Targets().Count <= 18);
        foreach (Ipv4Address server in discovery.Servers) Check.That(server.IsHost && discovery.Accepts(server));
        return true;
    }

    private static bool Lease(ReadOnlySpan<byte> bytes)
    {
        byte[] packet = bytes.ToArray();
        if (DhcpLease.FromCachedPackets(Samples.Us, packet, packet, packet) is not { } lease) return false;
        Check.That(lease.Address.IsHost && lease.PrefixLength is > 0 and <= 32);
        foreach (Ipv4Route route in lease.Routes) Check.That(route.PrefixLength is >= 0 and <= 32);
        return See(lease.SearchList.Count + lease.DnsServers.Count + (lease.FileName?.Length ?? 0));
    }

    private static bool Dns(ReadOnlySpan<byte> bytes)
    {
        if (!DnsView.TryRead(bytes, out DnsView view, out ParseError error)) return Refused(error);
        See(DnsTests.Describe(view).Length + view.QuestionName.Length + view.Status.Value);
        return true;
    }

    private static bool Name(ReadOnlySpan<byte> bytes)
    {
        int at = 0, count = 0;
        while (at < bytes.Length && DnsName.TryRead(bytes, ref at, 0, out string name))
        {
            Check.That(name.Length < DnsName.BytesMax && ++count <= bytes.Length);
        }
        return at == bytes.Length;
    }

    private static bool Tftp(ReadOnlySpan<byte> bytes)
    {
        if (!TftpView.TryRead(bytes, out TftpView view, out ParseError error)) return Refused(error);
        Check.That(view.Options.BlockBytes is null or (>= TftpOptions.BlockBytesMin and <= TftpOptions.BlockBytesMax));
        if (view.Opcode == TftpOpcode.Error) See(view.ErrorText);
        if (view.Opcode == TftpOpcode.Data) See(view.Data);
        if (view.Opcode == TftpOpcode.ReadRequest) See(view.FileName);
        return true;
    }

    private static bool Http(ReadOnlySpan<byte> bytes)
    {
        if (!HttpHead.TryRead(bytes, out HttpHead head, out ParseError error)) return Refused(error);
        Check.That(head.Bytes > 0 && head.Bytes <= bytes.Length && head.Status is >= 100 and <= 999);
        foreach (HttpField field in head.Fields) See(field.Name.Length + field.Value.Length);
        See(head.HasWord("Connection", "close") ? 1 : 0);
        return See(head.Reason);
    }

    private static bool Chunk(ReadOnlySpan<byte> bytes)
    {
        bool isHeader = HttpChunk.TryReadHeader(bytes, out ulong size, out int consumed, out _);
        Check.That(isHeader == consumed > 0 && consumed <= bytes.Length && size <= long.MaxValue);
        bool isEnd = HttpChunk.TryReadEnd(bytes, out consumed, out _);
        Check.That(isEnd == consumed > 0 && consumed <= bytes.Length);
        bool isTrailer = HttpChunk.TryReadTrailer(bytes, out consumed, out _);
        Check.That(isTrailer == consumed > 0 && consumed <= bytes.Length);
        return isHeader || isEnd || isTrailer;
    }

    private static bool Newc(ReadOnlySpan<byte> bytes)
    {
        if (!NewcView.TryRead(bytes, out NewcView view, out ParseError error)) return Refused(error);
        Check.That(view.Bytes >= 112 && view.Bytes <= bytes.Length);
        return See(view.Name) & See(view.Data);
    }

    private static bool Inflated(ReadOnlySpan<byte> bytes)
    {
        bool isRead = false;
        foreach (int length in (int[])[0, 3, Samples.NewcMember.Length, 20_000])
        {
            var output = new byte[length];
            bool isThis = Inflate.TryRead(bytes, output, out int usedBytes, out ParseError error);
            Check.That(isThis == (error == ParseError.None) && usedBytes <= bytes.Length);
            isRead |= isThis;
        }
        return isRead;
    }

    private static bool Png(ReadOnlySpan<byte> bytes)
    {
        if (!PngView.TryRead(bytes, out PngView view, out _)) return false;
        Check.That(view.DataBytesMax <= bytes.Length && (long)view.Width * view.Height <= PictureView.PixelsMax);
        if (view.Width * view.Height > 100_000) return false;   // a search shall get on
        uint[] pixels = new uint[view.Width * view.Height];
        return view.TryDecode(new byte[view.DataBytesMax], new byte[view.RawBytes], pixels, out _);
    }

    private static bool Pnm(ReadOnlySpan<byte> bytes)
    {
        if (!PnmView.TryRead(bytes, out PnmView view, out ParseError error)) return Refused(error);
        Check.That((long)view.Width * view.Height <= PictureView.PixelsMax);
        if (view.Width * view.Height > 100_000) return false;   // a search shall get on
        return view.TryDecode(new uint[view.Width * view.Height], out _);
    }

    private static bool Path(ReadOnlySpan<byte> bytes)
    {
        See((DevicePath.FindUri(bytes)?.Length ?? 0) + (DevicePath.FindFilePath(bytes)?.Length ?? 0));
        See(DevicePath.FindMac(bytes)?.GetHashCode() ?? 0);
        for (ReadOnlySpan<byte> rest = bytes; DevicePathNode.TryTake(ref rest, out DevicePathNode node, out _);)
        {
            if (node.TryReadVendor(out ReadOnlySpan<byte> guid, out ReadOnlySpan<byte> data))
                See(guid.Length + data.Length);
            if (node.TryReadIpv4(out DevicePathIpv4 ipv4)) See(ipv4.LocalPort);
            if (node.TryReadVlan(out int vlan)) See(vlan);
        }
        if (!DevicePath.TryMeasure(bytes, out int length, out ParseError error)) return Refused(error);
        Check.That(length <= bytes.Length);
        return See(new DevicePathWriter().Nodes(bytes).End().Length);
    }

    private static bool Ipv6(string text)
    {
        if (!Ipv6Address.TryParse(text, out Ipv6Address address)) return false;
        Check.That(Ipv6Address.TryParse(address.ToString(), out Ipv6Address again) && again == address);
        return true;
    }

    private static bool Uri(string text)
    {
        try
        {
            return See(BootUri.Parse(text).ToString().Length);
        }
        catch (BootFailure)
        {
            return false;   // text is refused by failing, with a sentence for the user
        }
    }

    private static bool Split(string text)
    {
        try
        {
            return See(CommandLine.Split(text).Count);
        }
        catch (BootFailure)
        {
            return false;
        }
    }

    private static bool Pe(ReadOnlySpan<byte> bytes) => PeImage.Judge(bytes, 0x8664, "x") is null;

    private static FuzzParser Text(Func<string, bool> parse) => bytes => parse(Encoding.Latin1.GetString(bytes));

    private static bool Refused(ParseError error)
    {
        Check.That(error != ParseError.None);
        return false;
    }

    private static bool See(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) s_seen += value;
        return true;
    }

    private static bool See(int value)
    {
        s_seen += value;
        return true;
    }
}
