using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>The network interfaces as commands see them.</summary>
public interface INetwork
{
    /// <summary>All of them in index order.</summary>
    IReadOnlyList<IInterface> Interfaces { get; }

    /// <summary>The most recently opened one that is still open: netX; null: none is.</summary>
    IInterface? LastOpened { get; }

    /// <summary>The best address of a host, which may be one as text: four bytes, or sixteen of IPv6.</summary>
    /// <exception cref="Wire.BootFailure">There is none.</exception>
    Task<byte[]> ResolveAsync(string host, CancellationToken stop);

    /// <summary>Sends an echo to an address, as <see cref="ResolveAsync"/> gives it, and waits until it comes back; the
    /// microseconds that took.</summary>
    /// <exception cref="Wire.BootFailure">It does not come back in time, or cannot be sent.</exception>
    Task<long> EchoAsync(byte[] address, int sequence, int dataBytes, long timeoutMs, CancellationToken stop);

    /// <summary>What <c>ipstat</c> prints, with line ends.</summary>
    string DescribePackets();

    /// <summary>Sends frames from one open interface to another for ever, and calls <paramref name="arrived"/> for each
    /// that arrived whole.</summary>
    /// <param name="sender">Where they leave.</param>
    /// <param name="receiver">Where they have to arrive.</param>
    /// <param name="mtuBytes">What each carries; 0: as much as fits.</param>
    /// <param name="isBroadcast">Whether they are sent to everybody.</param>
    /// <param name="arrived">Called for each.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <exception cref="Wire.BootFailure">One was lost or damaged, or none can be sent.</exception>
    Task TestLoopbackAsync(
        IInterface sender, IInterface receiver, int mtuBytes, bool isBroadcast, Action arrived, CancellationToken stop);

    /// <summary>Makes an interface of a VLAN, or gives the one that is there another priority.</summary>
    /// <exception cref="Wire.BootFailure">The number or the priority cannot be, or <paramref name="trunk"/> is a VLAN
    /// itself.</exception>
    void CreateVlan(IInterface trunk, long tag, long priority);

    /// <summary>Takes a VLAN's interface away.</summary>
    /// <exception cref="Wire.BootFailure">It is none.</exception>
    void DestroyVlan(IInterface vlan);
}
