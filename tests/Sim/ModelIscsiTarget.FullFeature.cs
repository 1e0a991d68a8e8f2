using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

public sealed partial class ModelIscsiTarget
{
    /// <summary>LUN 0 and up, by their numbers on the wire.</summary>
    public Dictionary<ulong, ModelLun> Disks { get; } = new() { [0] = new ModelLun() };

    /// <summary>How many commands there is room for; 0: the window is closed.</summary>
    public int WindowCommands { get; set; } = 32;

    /// <summary>Data-In PDUs are no longer than this, whatever the initiator takes.</summary>
    public int DataInBytesMax { get; set; } = 65_536;

    /// <summary>The status of a good read comes in its last Data-In.</summary>
    public bool StatusInData { get; set; } = true;

    /// <summary>Commands are carried out so much later; needs <see cref="Clock"/>.</summary>
    public Duration Slowness { get; set; } = Duration.Zero;

    public Func<Instant> Clock { get; set; } = () => default;

    /// <summary>What a command gets instead of being carried out; null: it is carried out.</summary>
    public Func<ScsiCommandPdu, ModelScsiAnswer?> Answer { get; set; } = _ => null;

    /// <summary>Changes a PDU of full feature phase on its way out: header and data. Null: it is not sent.</summary>
    public Func<byte[], byte[], (byte[] Header, byte[] Data)?>? TwistPdu { get; set; }

    /// <summary>The response to task management requests; null: none.</summary>
    public byte? TaskResponse { get; set; } = TaskResponsePdu.Complete;

    /// <summary>PDUs of full feature phase that have arrived, by opcode.</summary>
    public int[] PdusIn { get; } = new int[64];

    /// <summary>And that were sent.</summary>
    public int[] PdusOut { get; } = new int[64];

    /// <summary>SCSI commands that have arrived, by the first byte of the CDB.</summary>
    public int[] Commands { get; } = new int[256];

    /// <summary>The functions of the task management requests.</summary>
    public List<byte> TaskRequests { get; } = [];

    /// <summary>The most commands that were under way at once.</summary>
    public int CommandsAtOnce { get; set; }

    /// <summary>The longest data segment that has arrived.</summary>
    public int SegmentBytesLargest { get; set; }
}
