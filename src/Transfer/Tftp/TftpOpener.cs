using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Transfer;

/// <summary>Opens <c>tftp:</c> URIs. Asks for blocks as long as the MTU allows and for windows as large as the card can
/// take; does without either where the server knows no better.</summary>
public sealed class TftpOpener(Pump pump, NetworkStack stack, HostResolver resolve, TftpTuning tuning) : IUriOpener
{
    private const ushort PortDefault = 69;
    private const int HeaderBytes = Ipv4Header.Bytes + UdpView.HeaderBytes + TftpView.DataHeaderBytes;
    private const int SpareQueueBytes = 16 * 1024;   // for strangers and for blocks sent twice

    /// <inheritdoc/>
    public string Scheme => "tftp";

    /// <inheritdoc/>
    public async Task<BootUri?> FetchAsync(
        BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(uri.Host)) throw new BootFailure(UriFailure.NoHost, $"'{uri}' names no server");
        IReadOnlyList<IpAddress> addresses = await resolve(uri.Host, stop);
        for (int i = 0; ; i++)
        {
            try
            {
                await FetchFromAsync(addresses[i], uri, target, progress, stop);
                return null;
            }
            catch (BootFailure failure)
                when (i < addresses.Count - 1 && IsUnreachable(failure.Kind) && target.ReceivedBytes == 0)
            {
                // The host has another address.
            }
        }
    }

    private async Task FetchFromAsync(
        IpAddress server, BootUri uri, IBodyTarget target, ITransferProgress progress, CancellationToken stop)
    {
        string path = uri.DecodedPath;
        if (path.StartsWith('/')) path = path[1..];   // a second slash stays: it makes the name absolute on the server
        TftpWishes wishes = WishesFor(stack.InterfaceTo(server));
        while (true)
        {
            var receiver = new TftpReceiver(path, wishes, tuning, target, progress, uri.Host!);
            int queueBytes = Math.Max(1, wishes.WindowBlocks) * wishes.BlockBytes + SpareQueueBytes;
            using (UdpSocket socket = stack.BindUdp(null, 0, queueBytes))
                await RunAsync(receiver, socket, server, uri.Port ?? PortDefault, stop);
            if (receiver.State == TftpState.Done) return;
            wishes = receiver.NextWishes;
            target.Restart();
        }
    }

    private TftpWishes WishesFor(NetworkInterface way) => new(
        Math.Min(tuning.BlockBytesMax, way.MtuBytes - HeaderBytes),
        Math.Max(1, Math.Min(tuning.WindowBlocksMax, way.Device.ReceiveFramesMax / 2)));

    /// <summary>Moves datagrams between socket and receiver until that is done or wants to ask again.</summary>
    private async Task RunAsync(
        TftpReceiver receiver, UdpSocket socket, IpAddress server, ushort port, CancellationToken stop)
    {
        byte[] packet = new byte[TftpReceiver.PacketBytesMax];
        BootFailure? trouble = null;
        try
        {
            socket.Send(server, port, packet.AsSpan(0, receiver.Start(pump.Now, packet)));
            while (true)
            {
                HandleAll(receiver, socket, packet);
                if (receiver.State is TftpState.Done or TftpState.AskAgain) return;
                Poll(receiver, socket, server, port, packet, trouble);
                try
                {
                    await socket.WaitAsync(receiver.NextDeadline, stop);
                }
                catch (BootFailure failure) when (IsPassing(failure.Kind))
                {
                    trouble = failure;   // a cable may be plugged in again: the time-outs decide
                }
            }
        }
        catch (BootFailure failure) when (failure.Kind == NetFailure.PortUnreachable && receiver.HasPeer)
        {
            throw new BootFailure(TftpFailure.ServerGone,
                $"TFTP {server} gave the transfer up after {receiver.Progress()}", failure);
        }
        finally
        {
            if (receiver.State == TftpState.Receiving) TellAborted(receiver, socket, packet);
        }
    }

    private void HandleAll(TftpReceiver receiver, UdpSocket socket, byte[] packet)
    {
        while (receiver.State is TftpState.Requesting or TftpState.Receiving
            && socket.TryReceive(out UdpDatagram datagram))
        {
            int length = receiver.Handle(datagram.Payload, datagram.Source, datagram.SourcePort, pump.Now, packet);
            if (length > 0) socket.Send(datagram.Source, datagram.SourcePort, packet.AsSpan(0, length));
        }
    }

    private void Poll(
        TftpReceiver receiver, UdpSocket socket, IpAddress server, ushort port, byte[] packet, BootFailure? trouble)
    {
        int length;
        try
        {
            length = receiver.Poll(pump.Now, packet);
        }
        catch (BootFailure failure) when (failure.Kind == TftpFailure.NoAnswer && trouble is not null)
        {
            throw trouble;   // says why there was none
        }
        if (length == 0) return;
        if (receiver.HasPeer) socket.Send(receiver.PeerAddress, receiver.PeerPort, packet.AsSpan(0, length));
        else socket.Send(server, port, packet.AsSpan(0, length));
    }

    private static void TellAborted(TftpReceiver receiver, UdpSocket socket, byte[] packet)
    {
        try
        {
            socket.Send(receiver.PeerAddress, receiver.PeerPort, packet.AsSpan(0, receiver.EmitAbort(packet)));
        }
        catch (BootFailure)
        {
            // A courtesy only: there is no way to the server any more.
        }
    }

    private static bool IsPassing(FailureKind kind) =>
        kind == NetFailure.NeighborSilent || kind == NetFailure.Unreachable;

    private static bool IsUnreachable(FailureKind kind) =>
        IsPassing(kind) || kind == NetFailure.NoRoute || kind == NetFailure.PortUnreachable
            || kind == TftpFailure.NoAnswer;
}
