using System.Collections.Generic;
using System.Text;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What <c>ifstat</c>, <c>route</c>, <c>nstat</c> and <c>ipstat</c> print.</summary>
public static class InterfaceText
{
    private const int DeviceBits = 5, FunctionBits = 3;

    /// <summary>An interface: name, station address, where it sits, what came and went and what was wrong with it.
    /// </summary>
    /// <param name="card">The interface.</param>
    /// <param name="pciAddress">Bus in the high byte, then device and function; null: not on PCI.</param>
    public static string Describe(NetworkInterface card, ushort? pciAddress)
    {
        InterfaceCounters counters = card.Counters;
        string place = pciAddress is { } address ? $" on {DescribePci(address)}" : "";
        string link = $"{(card.IsLinkUp ? "up" : "down")}{(card.IsBlocked ? " (blocked)" : "")}";
        var text = new StringBuilder(
            $"{card.Name}: {card.Device.Address} using SNP{place} (Ethernet) [{(card.IsOpen ? "open" : "closed")}]\n"
            + $"  [Link:{link}, TX:{counters.SentFrames} TXE:{counters.SentFramesLost}"
            + $" RX:{counters.ReceivedFrames} RXE:{counters.ReceivedFramesRefused}]\n");
        if (card.Device is VlanDevice vlan)
            text.Append($"  [VLAN:{vlan.Tag.Id} on {card.Trunk!.Name}, priority {vlan.Tag.Priority}]\n");
        if (!card.IsLinkUp) text.Append("  [Link status: Down]\n");
        for (int i = 0; i < DropReasons.Count; i++)
        {
            var reason = (DropReason)i;
            long count = counters.Drops(reason);
            string way = DropReasons.IsOfSending(reason) ? "TXE" : "RXE";
            if (count > 0) text.Append($"  [{way}: {count} x \"{DropReasons.Describe(reason)}\"]\n");
        }
        return text.ToString();
    }

    /// <summary>An interface's address and routes.</summary>
    public static string DescribeRoutes(NetworkInterface card)
    {
        if (card.Ipv4 is not { } ipv4) return $"{card.Name}: no address\n";
        var mask = new Ipv4Address(Ipv4Address.MaskOf(ipv4.PrefixLength));
        string gateway = ipv4.Gateway.IsUnspecified ? "" : $" gw {ipv4.Gateway}";
        var text = new StringBuilder($"{card.Name}: {ipv4.Address}/{mask}{gateway}\n");
        foreach (Ipv4Route route in ipv4.Routes)
            text.Append($"  {route.Target}/{route.PrefixLength} via {route.Gateway}\n");
        return text.ToString();
    }

    /// <summary>The stations an interface knows.</summary>
    public static string DescribeNeighbors(NetworkInterface card)
    {
        var text = new StringBuilder();
        foreach (NeighborEntry neighbor in card.ListNeighbors())
        {
            string state = neighbor.IsKnown ? "" : " (incomplete)";
            text.Append($"{card.Name} IPv4 {neighbor.Address} is Ethernet {neighbor.Station}{state}\n");
        }
        return text.ToString();
    }

    /// <summary>What IPv4 has seen.</summary>
    public static string Describe(Ipv4Counters counters) =>
        "IPv4:\n"
        + $"  InReceives:{counters.Received} InBcastPkts:{counters.ReceivedBroadcasts}"
        + $" InOctets:{counters.ReceivedBytes}\n"
        + $"  InHdrErrors:{counters.HeaderErrors} InAddrErrors:{counters.AddressErrors}"
        + $" InUnknownProtos:{counters.UnknownProtocols}\n"
        + $"  ReasmReqds:{counters.Fragments} ReasmOKs:{counters.Reassembled} ReasmFails:{counters.FragmentsRefused}\n"
        + $"  InDelivers:{counters.Delivered} OutRequests:{counters.Requested} OutNoRoutes:{counters.NoRoutes}\n"
        + $"  OutTransmits:{counters.Sent} OutBcastPkts:{counters.SentBroadcasts} OutOctets:{counters.SentBytes}\n";

    private static string DescribePci(ushort address)
    {
        int bus = address >> DeviceBits + FunctionBits;
        int device = address >> FunctionBits & (1 << DeviceBits) - 1;
        return $"0000:{(byte)bus:x2}:{(byte)device:x2}.{address & (1 << FunctionBits) - 1}";
    }
}
