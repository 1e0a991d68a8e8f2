using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Sends frames out of one interface and expects the very same at another: a cable between them, or a switch,
/// is under test. While it runs it is all the listeners there are for its kind of frame.</summary>
public sealed class LoopbackTest : IDisposable
{
    /// <summary>IEEE 802's number for local experiments.</summary>
    private static readonly EtherType Experiment = new(0x88b5);

    private readonly NetworkStack _stack;
    private readonly NetworkInterface _sender, _receiver;
    private readonly byte[] _frame;
    private TaskCompletionSource? _arrival;

    /// <summary>Prepares a test over open interfaces.</summary>
    /// <param name="stack">The network.</param>
    /// <param name="sender">Where frames leave.</param>
    /// <param name="receiver">Where they have to arrive.</param>
    /// <param name="mtuBytes">How much each carries; 0: as much as fits.</param>
    /// <param name="isBroadcast">Whether they are sent to everybody.</param>
    /// <exception cref="BootFailure">An interface is closed, or the frame would be too long.</exception>
    public LoopbackTest(
        NetworkStack stack, NetworkInterface sender, NetworkInterface receiver, int mtuBytes, bool isBroadcast)
    {
        foreach (NetworkInterface one in (ReadOnlySpan<NetworkInterface>)[sender, receiver])
        {
            if (!one.IsOpen)
                throw new BootFailure(NetFailure.InterfaceClosed, $"The network interface {one.Name} is not open");
        }
        (_stack, _sender, _receiver) = (stack, sender, receiver);
        MtuBytes = mtuBytes > 0 ? mtuBytes : sender.MtuBytes;
        if (MtuBytes > sender.MtuBytes)
            throw new BootFailure(NetFailure.DatagramTooLong, $"{sender.Name} carries {sender.MtuBytes} bytes at most");
        _frame = new byte[Math.Max(EthernetHeader.FrameBytesMin, EthernetView.HeaderBytes + MtuBytes)];
        MacAddress target = isBroadcast ? MacAddress.Broadcast : receiver.Device.Address;
        new EthernetHeader(target, sender.Device.Address, Experiment).Emit(_frame);
        stack.Loopback = this;
    }

    /// <summary>What each frame carries.</summary>
    public int MtuBytes { get; }

    /// <summary>Frames that came back damaged, so far.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>Sends one frame of random bytes and waits until it has arrived.</summary>
    /// <exception cref="BootFailure"><see cref="NetFailure.FrameLost"/>.</exception>
    public async Task SendAsync(Duration limit, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        _stack.FillRandom(_frame.AsSpan(EthernetView.HeaderBytes));
        var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _arrival = arrival;
        PumpTimer timer = _stack.Pump.Schedule(limit, () => arrival.TrySetException(new BootFailure(
            NetFailure.FrameLost, $"A frame from {_sender.Name} did not arrive at {_receiver.Name}")));
        using CancellationTokenRegistration registration = stop.Register(() => arrival.TrySetCanceled());
        try
        {
            _sender.Transmit(_frame);
            await arrival.Task;
        }
        finally
        {
            timer.Cancel();
            _arrival = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stack.Loopback == this) _stack.Loopback = null;
    }

    /// <summary>Takes a frame that may be one of ours. False: it is not.</summary>
    internal bool TryTake(NetworkInterface from, in EthernetView frame)
    {
        if (frame.Type != Experiment || from != _receiver || frame.Source != _sender.Device.Address) return false;
        if (frame.Payload.SequenceEqual(_frame.AsSpan(EthernetView.HeaderBytes))) _arrival?.TrySetResult();
        else DamagedFrames++;
        return true;
    }
}
