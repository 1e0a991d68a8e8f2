using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A network card that moves Ethernet frames. Behaviour is stacked: a capture writer or a fault injector is a
/// device around a device.</summary>
public interface INetworkDevice
{
    /// <summary>The station address.</summary>
    MacAddress Address { get; }

    /// <summary>Longest frame, with its 14-byte header, without FCS.</summary>
    int FrameBytesMax { get; }

    /// <summary>How many full frames may be on their way to us at once before the card loses some or, on old U-Boot,
    /// stops receiving for good (facts/firmware.md 1.3). Below 64 all receive windows together are cut to it; from 64
    /// on it counts as roomy, and windows grow until something is lost.</summary>
    int ReceiveFramesMax { get; }

    /// <summary>False only where the card reports media and says there is none.</summary>
    bool IsLinkUp { get; }

    /// <summary>Takes a whole frame to be sent, at once or at the next <see cref="Flush"/>; false when there is no room
    /// now: nothing has happened, poll again later.</summary>
    bool Send(ReadOnlySpan<byte> frame);

    /// <summary>Sends what <see cref="Send"/> has taken: no more will come for now.</summary>
    void Flush();

    /// <summary>Takes the next received frame; 0 when nothing waits.</summary>
    int Receive(Span<byte> frame);
}
