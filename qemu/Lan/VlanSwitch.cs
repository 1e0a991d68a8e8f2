using System;
using System.Collections.Generic;
using System.Threading;

namespace Bootlace.Harness;

/// <summary>A switch with two ports. The machine is plugged into a trunk, on which only one VLAN leads anywhere: its
/// frames go on without their tags to a port where QEMU's user networking answers, and come back tagged. What comes
/// without a tag, or for another VLAN, is counted and dropped. No VLANs of the kernel are needed, which not every
/// kernel has.</summary>
public sealed class VlanSwitch : IDisposable
{
    private const int AddressesBytes = 12, TagBytes = 4;

    private readonly SwitchCables _cables;
    private readonly byte[] _tag;
    private readonly HashSet<int> _priorities = [];
    private readonly Lock _lock = new();
    private int _tagged, _others, _answers, _longest;

    /// <summary>A switch that is ready for a machine.</summary>
    /// <param name="vlan">The VLAN that leads somewhere.</param>
    public VlanSwitch(int vlan)
    {
        Vlan = vlan;
        _tag = [0x81, 0x00, (byte)(vlan >> 8), (byte)vlan];
        _cables = new SwitchCables(Untag, Tag);
    }

    /// <summary>The VLAN.</summary>
    public int Vlan { get; }

    /// <summary>Frames of the VLAN that the machine has sent.</summary>
    public int TaggedFrames => Volatile.Read(ref _tagged);

    /// <summary>Frames without a tag, or of another VLAN, that the machine has sent.</summary>
    public int OtherFrames => Volatile.Read(ref _others);

    /// <summary>Tagged frames that the machine was sent.</summary>
    public int AnsweredFrames => Volatile.Read(ref _answers);

    /// <summary>The longest frame on the trunk, its tag included.</summary>
    public int LongestBytes => Volatile.Read(ref _longest);

    /// <summary>The priorities of the machine's tags.</summary>
    public IReadOnlyCollection<int> Priorities
    {
        get
        {
            lock (_lock) return [.. _priorities];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cables.Dispose();

    /// <summary>QEMU's arguments for the back end called n0, and for the network behind the switch.</summary>
    internal IEnumerable<string> Arguments(string user) => _cables.Arguments(user);

    private void Untag(byte[] frame)
    {
        bool isOurs = frame.Length > AddressesBytes + TagBytes && frame[12] == _tag[0] && frame[13] == _tag[1]
            && (frame[14] & 15) == _tag[2] && frame[15] == _tag[3];
        if (!isOurs)
        {
            Interlocked.Increment(ref _others);
            return;
        }
        Interlocked.Increment(ref _tagged);
        Measure(frame.Length);
        lock (_lock) _priorities.Add(frame[14] >> 5);
        _cables.SendToServer([.. frame[..AddressesBytes], .. frame[(AddressesBytes + TagBytes)..]]);
    }

    private void Tag(byte[] frame)
    {
        Interlocked.Increment(ref _answers);
        Measure(frame.Length + TagBytes);
        _cables.SendToMachine([.. frame[..AddressesBytes], .. _tag, .. frame[AddressesBytes..]]);
    }

    private void Measure(int lengthBytes)
    {
        lock (_lock) _longest = Math.Max(_longest, lengthBytes);
    }
}
