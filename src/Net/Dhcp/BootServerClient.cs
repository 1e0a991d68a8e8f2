using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Finds a PXE boot server of a type and asks it what to boot (PXE 2.1 section 2.4, spec/ipxe-compat.md 4.2).
/// </summary>
public sealed class BootServerClient(Pump pump, NetworkStack stack, IEntropy entropy)
{
    private const ushort ServerPort = 67, BootServerPort = 4011;
    private const byte VendorOptions = 43, BootItemCode = 71;
    private static readonly Duration FirstRetry = Duration.FromSeconds(1);
    private static readonly Duration TimePerTarget = Duration.FromSeconds(3);

    private readonly byte[] _message = new byte[DhcpMessage.BytesMax];

    /// <summary>Asks whom the lease names, each at 0 and 1 s, the next one after 3 s.</summary>
    /// <param name="on">The interface, open and with an address.</param>
    /// <param name="identity">What we say of ourselves.</param>
    /// <param name="type">The type of server, 0 to 65535.</param>
    /// <param name="lease">The DHCP or ProxyDHCP packet with the list of servers.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The answer, from the BOOTP header on.</returns>
    /// <exception cref="BootFailure"><see cref="DhcpFailure.NoBootServer"/>, or no way to send.</exception>
    public async Task<byte[]> RunAsync(
        NetworkInterface on, DhcpIdentity identity, ushort type, ReadOnlyMemory<byte> lease, CancellationToken stop)
    {
        if (on.Ipv4 is not { } ours)
            throw new BootFailure(NetFailure.NoRoute, $"{on.Name} has no address to ask boot servers from");
        if (!DhcpView.TryRead(lease.Span, out DhcpView view, out _))
            throw new BootFailure(DhcpFailure.NoBootServer, $"There is no lease on {on.Name} that names boot servers");
        PxeDiscovery discovery = PxeDiscovery.Read(view, type);
        using UdpSocket socket = stack.BindUdp(on, DhcpClient.ClientPort);
        foreach (Ipv4Address target in discovery.Targets())
        {
            var question = new DhcpMessage
            {
                Type = DhcpMessageType.Request,
                Xid = NewXid(),
                Mac = on.Device.Address,
                Identity = identity,
                ClientAddress = ours.Address,
                BootServerType = type,
            };
            if (await AskAsync(socket, target, question, discovery, stop) is { } answer) return answer;
        }
        throw new BootFailure(DhcpFailure.NoBootServer, $"No PXE boot server of type {type} answers on {on.Name}");
    }

    private async Task<byte[]?> AskAsync(
        UdpSocket socket, Ipv4Address target, DhcpMessage question, PxeDiscovery discovery, CancellationToken stop)
    {
        Instant giveUpAt = pump.Now + TimePerTarget;
        Instant retryAt = pump.Now + FirstRetry;
        while (pump.Now < giveUpAt)
        {
            try
            {
                Send(socket, target, question);
                while (pump.Now < retryAt && await socket.WaitAsync(retryAt, stop))
                {
                    if (TryTakeAnswer(socket, question, discovery, out byte[]? answer)) return answer;
                }
            }
            catch (BootFailure failure) when (failure.Kind != DhcpFailure.IdentityTooLong)
            {
                return null;   // nobody there: the next one
            }
            retryAt = giveUpAt;
            if (pump.Now >= giveUpAt) break;
        }
        return null;
    }

    private void Send(UdpSocket socket, Ipv4Address target, DhcpMessage question)
    {
        if (!question.TryEmit(_message, out int countBytes)) throw new BootFailure(DhcpFailure.IdentityTooLong);
        socket.Send(target, target.IsBroadcast ? ServerPort : BootServerPort, _message.AsSpan(0, countBytes));
    }

    private static bool TryTakeAnswer(
        UdpSocket socket, DhcpMessage question, PxeDiscovery discovery, out byte[]? answer)
    {
        answer = null;
        while (socket.TryReceive(out UdpDatagram datagram))
        {
            if (datagram.SourcePort != ServerPort && datagram.SourcePort != BootServerPort) continue;
            if (!DhcpView.TryRead(datagram.Payload, out DhcpView view, out _) || !view.IsReply) continue;
            if (view.Xid != question.Xid || !view.IsFor(question.Mac)) continue;
            if (view.Type != DhcpMessageType.Ack && view.Type != DhcpMessageType.Bootp) continue;
            if (!discovery.Accepts(DhcpOffer.ServerOf(view, datagram.Source.Ipv4))) continue;
            if (!IsOfType(view, question.BootServerType!.Value)) continue;
            answer = view.Message.ToArray();
            return true;
        }
        return false;
    }

    /// <summary>An answer that names no item is taken for what was asked.</summary>
    private static bool IsOfType(in DhcpView view, ushort type) =>
        !view.TryFind(new DhcpTag(VendorOptions, BootItemCode), out ReadOnlySpan<byte> item) || item.Length < 2
        || BigEndian.ReadU16(item, 0) == type;

    private uint NewXid()
    {
        Span<byte> bytes = stackalloc byte[4];
        entropy.Fill(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }
}
